package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.cluster.ByteQuantity;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets homes that are smaller than the definition says grow. What keeps one from it stands on its
 * claim, for {@code gate home show}. No storage shrinks, so a smaller size counts for new homes.
 */
final class HomeGrowth implements HomeUpkeep.Duty {
  private static final Logger LOG = LoggerFactory.getLogger(HomeGrowth.class);

  /** A class may allow it later, and a quota have room again. */
  private static final Duration LOOK_AGAIN = Duration.ofHours(1);

  private final HomeClaims claims;
  private final Supplier<ByteQuantity> size;
  private final InstantSource clock;

  private final Deque<PersistentVolumeClaim> queue = new ArrayDeque<>();
  private @Nullable ByteQuantity lookedFor;
  private Instant nextLook = Instant.MIN;

  HomeGrowth(HomeClaims claims, Supplier<ByteQuantity> size, InstantSource clock) {
    this.claims = claims;
    this.size = size;
    this.clock = clock;
  }

  @Override
  public void round() {
    var wanted = size.get();
    var now = clock.instant();
    if (!wanted.equals(lookedFor)) {
      queue.clear();
      nextLook = Instant.MIN;
    }
    if (queue.isEmpty() && !now.isBefore(nextLook)) {
      claims.all().stream()
          .filter(claim -> claim.getMetadata().getDeletionTimestamp() == null)
          .filter(claim -> isSmaller(HomeClaims.requested(claim), wanted))
          .forEach(queue::addLast);
      lookedFor = wanted;
      nextLook = now.plus(LOOK_AGAIN);
    }
    for (var i = 0; i < HomeUpkeep.AT_ONCE && !queue.isEmpty(); i++) {
      grow(queue.removeFirst(), wanted);
    }
  }

  static boolean isSmaller(Quantity one, ByteQuantity other) {
    return HomeClaims.bytes(one).compareTo(HomeClaims.bytes(new Quantity(other.text()))) < 0;
  }

  private void grow(PersistentVolumeClaim claim, ByteQuantity wanted) {
    var name = claim.getMetadata().getName();
    try {
      claims.resize(name, wanted);
      LOG.info("[home-grows] {} to {}", name, wanted);
    } catch (KubernetesClientException e) {
      if (KubernetesFailures.isNotFound(e)) {
        return;
      }
      if (KubernetesFailures.mayPass(e)) {
        throw e;
      }
      var why = why(e);
      if (!Optional.of(why).equals(Annotations.annotation(claim, Annotations.NOT_GROWN))) {
        LOG.warn("[home-growth] {} does not grow to {}: {}", name, wanted, why);
        claims.noteNotGrown(name, why);
      }
    }
  }

  /** What the API server's admission says is written for who knows Kubernetes. */
  private static String why(KubernetesClientException e) {
    var message = KubernetesFailures.describe(e);
    if (message.contains("exceeded quota")) {
      return "kubernetes.quota.storage has no room for it";
    }
    if (message.contains("only dynamically provisioned")) {
      return "its storage class does not let volumes grow (allowVolumeExpansion)";
    }
    if (message.contains("maximum storage usage per PersistentVolumeClaim")) {
      return "it would be larger than the namespace's LimitRange lets a volume be";
    }
    return e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
        ? "the cluster does not let the gateway do this"
        : message;
  }
}
