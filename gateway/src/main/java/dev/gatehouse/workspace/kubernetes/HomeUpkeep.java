package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.workspace.Leader;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one gateway does for all homes: it makes the snapshots that are due, and lets homes grow. A
 * round changes few objects, so that a thousand homes are spread over an hour.
 */
public final class HomeUpkeep {
  /** How often {@link #round} wants to be called. */
  public static final Duration PAUSE = Duration.ofMinutes(1);

  /** Changes a round. EBS takes some hundred snapshots at a time, and other storage fewer. */
  static final int AT_ONCE = 20;

  private static final Logger LOG = LoggerFactory.getLogger(HomeUpkeep.class);

  private final Leader leader;
  private final List<Duty> duties;

  /** One kind of work; it may throw as the client does. */
  interface Duty {
    void round();
  }

  HomeUpkeep(Leader leader, List<Duty> duties) {
    this.leader = leader;
    this.duties = duties;
  }

  /** Does a part of what is to be done, if this gateway is the one to do so. Blocks. */
  public void round() {
    if (leader.since().isEmpty()) {
      return;
    }
    for (var duty : duties) {
      try {
        duty.round();
      } catch (KubernetesClientException e) {
        LOG.warn(
            "[home-upkeep] the cluster did not answer; it is tried again: {}",
            KubernetesFailures.describe(e));
      }
    }
  }
}
