package dev.gatehouse.platform.pools;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.platform.objects.LiveObjects;
import dev.gatehouse.platform.objects.ObjectKey;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the cluster autoscaler runs in the cluster, by the ConfigMap in which it tells its
 * status, wherever it is deployed from. EKS' groups have its tags even if it is nowhere.
 */
public record ClusterAutoscaler(LiveObjects live) implements BooleanSupplier {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterAutoscaler.class);
  private static final ObjectKey STATUS =
      new ObjectKey("v1", "ConfigMap", "kube-system", "cluster-autoscaler-status");

  /** Who may not know leaves the number of nodes to it: two that decide would never end. */
  @Override
  public boolean getAsBoolean() {
    try {
      return live.get(STATUS).isPresent();
    } catch (FailureException e) {
      if (e.failure() instanceof Failure.Denied) {
        LOG.warn(
            "[autoscaler-unknown] {} may not be read, so the cluster autoscaler is taken to be"
                + " there: {}",
            STATUS,
            e.failure().message());
        return true;
      }
      throw e;
    }
  }
}
