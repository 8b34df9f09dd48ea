package dev.gatehouse.platform;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.platform.objects.ApiFailures;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Lease {@code gatehouse-apply} (coordination.k8s.io/v1): whoever holds it changes the
 * platform, a person's apply or the operator. Whoever waits counts for itself how long the Lease
 * has not changed, so that clocks need not agree.
 */
public final class ApplyLease {
  private static final Logger LOG = LoggerFactory.getLogger(ApplyLease.class);
  private static final String NAME = "gatehouse-apply";

  /** After this without a renewal it is free. */
  private static final Duration LEASE = Duration.ofSeconds(30);

  private static final Duration RENEWED_EVERY = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final KubernetesClient client;
  private final String namespace;
  private final String identity;
  private final InstantSource clock;
  private final Rollouts.Pause pause;

  /**
   * @param client stays the caller's
   * @param identity tells people who it is, and is nobody else's
   */
  public ApplyLease(
      KubernetesClient client,
      String namespace,
      String identity,
      InstantSource clock,
      Rollouts.Pause pause) {
    this.client = client;
    this.namespace = namespace;
    this.identity = identity;
    this.clock = clock;
    this.pause = pause;
  }

  /** The Lease as long as it is held. It is renewed by a thread of its own. */
  public interface Held extends AutoCloseable {
    /** Whether it is still held: another may have taken it while the API server was away. */
    boolean isHeld();

    /**
     * Lets go on only whoever still holds it.
     *
     * @throws FailureException {@code apply-overtaken} if another may have it now
     */
    default void require() {
      if (!isHeld()) {
        throw new FailureException(
            new Failure.Unavailable(
                "apply-overtaken",
                "the API server was away for so long that another may change the platform now; run"
                    + " this again"));
      }
    }

    /** Lets another take it at once. */
    @Override
    void close();
  }

  /**
   * Takes the Lease. A holder that has died keeps it for half a minute.
   *
   * @param isWaiting whether to wait for a holder that is alive
   * @param waits is told what it waits for
   * @throws FailureException {@code apply-running} if another holds it
   */
  public Held take(boolean isWaiting, Consumer<String> waits) throws InterruptedException {
    @Nullable String seen = null;
    var since = clock.instant();
    while (true) {
      var lease = ApiFailures.told("read the Lease " + NAME, this::read);
      var version = lease.map(l -> l.getMetadata().getResourceVersion()).orElse("");
      if (!version.equals(seen)) {
        if (seen != null && !isWaiting && lease.filter(ApplyLease::isTaken).isPresent()) {
          throw running(lease.get());
        }
        seen = version;
        since = clock.instant();
      }
      var isOver = !clock.instant().isBefore(since.plus(LEASE));
      if (lease.filter(ApplyLease::isTaken).isEmpty() || isOver) {
        var taken = write(lease);
        if (taken.isPresent()) {
          return new Holding(taken.get());
        }
      } else {
        if (!isWaiting && isFresh(lease.get())) {
          throw running(lease.get());
        }
        waits.accept(told(lease.get()));
        pause.take(PAUSE);
      }
    }
  }

  private FailureException running(Lease lease) {
    return new FailureException(
        new Failure.Unavailable(
            "apply-running", told(lease) + "; run this again later, or with --wait"));
  }

  private static String told(Lease lease) {
    return "%s changes the platform since %s"
        .formatted(
            Quote.plain(lease.getSpec().getHolderIdentity()),
            Optional.ofNullable(lease.getSpec().getAcquireTime())
                .map(t -> t.toInstant().toString())
                .orElse("some time"));
  }

  private static boolean isTaken(Lease lease) {
    return lease.getSpec() != null
        && lease.getSpec().getHolderIdentity() != null
        && !lease.getSpec().getHolderIdentity().isEmpty();
  }

  /** By its times: enough to say at once that another is at work. */
  private boolean isFresh(Lease lease) {
    var renewed = lease.getSpec().getRenewTime();
    return renewed != null && clock.instant().isBefore(renewed.toInstant().plus(LEASE));
  }

  private Optional<Lease> read() {
    return Optional.ofNullable(client.leases().inNamespace(namespace).withName(NAME).get());
  }

  /** Empty if another was first. */
  private Optional<Lease> write(Optional<Lease> before) {
    var now = ZonedDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    var lease =
        new LeaseBuilder(before.orElseGet(() -> new LeaseBuilder().build()))
            .editOrNewMetadata()
            .withName(NAME)
            .withNamespace(namespace)
            .addToLabels("app.kubernetes.io/managed-by", "gatehouse")
            .endMetadata()
            .editOrNewSpec()
            .withHolderIdentity(identity)
            .withLeaseDurationSeconds((int) LEASE.toSeconds())
            .withAcquireTime(now)
            .withRenewTime(now)
            .endSpec()
            .build();
    return put(lease, before.isEmpty());
  }

  private Optional<Lease> put(Lease lease, boolean isNew) {
    return ApiFailures.told(
        "write the Lease " + NAME,
        () -> {
          var resource = client.leases().inNamespace(namespace).resource(lease);
          try {
            return Optional.of(isNew ? resource.create() : resource.update());
          } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT
                || (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND && !isNew)) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  private final class Holding implements Held {
    private final Thread renewer;
    private Lease lease;
    private Instant sureUntil;
    private boolean isLost;

    private Holding(Lease lease) {
      this.lease = lease;
      this.sureUntil = clock.instant().plus(LEASE);
      this.renewer = Thread.ofVirtual().name("apply-lease").start(this::renewals);
    }

    @Override
    public synchronized boolean isHeld() {
      return !isLost && clock.instant().isBefore(sureUntil);
    }

    private void renewals() {
      try {
        while (true) {
          Thread.sleep(RENEWED_EVERY);
          renew();
        }
      } catch (InterruptedException e) {
        LOG.debug("the apply is over");
      }
    }

    private synchronized void renew() {
      if (isLost) {
        return;
      }
      var now = clock.instant();
      try {
        var renewed =
            put(
                new LeaseBuilder(lease)
                    .editSpec()
                    .withRenewTime(ZonedDateTime.ofInstant(now, ZoneOffset.UTC))
                    .endSpec()
                    .build(),
                false);
        if (renewed.isPresent()) {
          lease = renewed.get();
          sureUntil = now.plus(LEASE);
        } else {
          isLost = true;
        }
      } catch (FailureException | IllegalStateException e) {
        // The second: the client has been closed.
        LOG.debug("the Lease is not renewed now: {}", e.getMessage());
      }
    }

    @Override
    public void close() {
      renewer.interrupt();
      synchronized (this) {
        if (isLost) {
          return;
        }
        isLost = true;
        try {
          var _ =
              put(
                  new LeaseBuilder(lease).editSpec().withHolderIdentity("").endSpec().build(),
                  false);
        } catch (FailureException e) {
          LOG.debug("the Lease runs out by itself: {}", e.getMessage());
        }
      }
    }
  }
}
