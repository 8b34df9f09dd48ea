package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.workspace.Leader;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway that holds a Lease (coordination.k8s.io/v1) leads. As in Kubernetes' own components,
 * the times in the Lease are for people: each gateway counts for itself how long it has not seen it
 * change, so that clocks need not agree.
 */
public final class LeaseLeader implements Leader {
  /** How often {@link #round} wants to be called. */
  public static final Duration PAUSE = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(LeaseLeader.class);

  /** After this without a renewal another takes it. */
  private static final Duration LEASE = Duration.ofSeconds(30);

  /** After this without a renewal the holder believes it lost. */
  private static final Duration SURE = Duration.ofSeconds(20);

  private final KubernetesClient client;
  private final String namespace;
  private final String name;
  private final String identity;
  private final InstantSource clock;

  private record Seen(String version, Instant at) {}

  private record Term(Instant since, Instant until) {}

  /** Written by {@link #round} alone. */
  private @Nullable Seen seen;

  private volatile @Nullable Term term;

  /**
   * @param client stays the caller's
   * @param identity no other gateway's
   */
  public LeaseLeader(
      KubernetesClient client,
      String namespace,
      String name,
      String identity,
      InstantSource clock) {
    this.client = client;
    this.namespace = namespace;
    this.name = name;
    this.identity = identity;
    this.clock = clock;
  }

  @Override
  public Optional<Instant> since() {
    return Optional.ofNullable(term)
        .filter(t -> clock.instant().isBefore(t.until()))
        .map(Term::since);
  }

  /** Renews the lease, takes it, or looks whether another does. Blocks. */
  public synchronized void round() {
    try {
      var now = clock.instant();
      var lease = client.leases().inNamespace(namespace).withName(name).get();
      if (lease == null) {
        write(new LeaseBuilder().build(), now);
      } else if (isMine(lease) || isOver(lease, now)) {
        write(lease, now);
      } else {
        term = null;
      }
    } catch (KubernetesClientException e) {
      LOG.debug("the lease {} is not known now: {}", name, KubernetesFailures.describe(e));
    }
  }

  /** Lets another take over at once. */
  public synchronized void release() {
    try {
      var lease = client.leases().inNamespace(namespace).withName(name).get();
      if (lease != null && isMine(lease)) {
        term = null;
        var _ =
            client
                .leases()
                .inNamespace(namespace)
                .resource(
                    new LeaseBuilder(lease).editSpec().withHolderIdentity("").endSpec().build())
                .update();
      }
    } catch (KubernetesClientException e) {
      LOG.debug("the lease {} runs out by itself: {}", name, KubernetesFailures.describe(e));
    }
  }

  private boolean isMine(Lease lease) {
    return identity.equals(holder(lease));
  }

  /** A holder that has released it is the empty word. */
  private boolean isOver(Lease lease, Instant now) {
    var version = lease.getMetadata().getResourceVersion();
    if (seen == null || !seen.version().equals(version)) {
      seen = new Seen(version, now);
    }
    return holder(lease).isEmpty() || !now.isBefore(seen.at().plus(LEASE));
  }

  private static String holder(Lease lease) {
    return Optional.ofNullable(lease.getSpec())
        .flatMap(spec -> Optional.ofNullable(spec.getHolderIdentity()))
        .orElse("");
  }

  /** The API server refuses it if another has written since it was read. */
  private void write(Lease before, Instant now) {
    var since = isMine(before) ? since() : Optional.<Instant>empty();
    var resource = client.leases().inNamespace(namespace).resource(held(before, now));
    try {
      var _ = before.getMetadata() == null ? resource.create() : resource.update();
      if (since.isEmpty()) {
        LOG.info("[leader] this gateway, {}, leads", identity);
      }
      term = new Term(since.orElse(now), now.plus(SURE));
    } catch (KubernetesClientException e) {
      if (!KubernetesFailures.isConflict(e)) {
        throw e;
      }
      term = null;
    }
  }

  private Lease held(Lease before, Instant now) {
    var time = ZonedDateTime.ofInstant(now, ZoneOffset.UTC);
    var spec = new LeaseBuilder(before).editOrNewMetadata();
    var transitions = before.getSpec() == null ? 0 : transitions(before) + (isMine(before) ? 0 : 1);
    return spec.withName(name)
        .withNamespace(namespace)
        .addToLabels(Annotations.MANAGED_BY, Annotations.GATEHOUSE)
        .endMetadata()
        .editOrNewSpec()
        .withHolderIdentity(identity)
        .withLeaseDurationSeconds((int) LEASE.toSeconds())
        .withAcquireTime(isMine(before) ? before.getSpec().getAcquireTime() : time)
        .withRenewTime(time)
        .withLeaseTransitions(transitions)
        .endSpec()
        .build();
  }

  private static int transitions(Lease lease) {
    return Optional.ofNullable(lease.getSpec().getLeaseTransitions()).orElse(0);
  }
}
