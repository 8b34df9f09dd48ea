package dev.gatehouse.platform.usage;

import dev.gatehouse.cost.NodeKind;
import java.time.Instant;

/**
 * A pod or a node that was seen to be there. All moments are whole seconds.
 *
 * @param uid Kubernetes' own, which nothing else ever has
 * @param from since when it is there
 * @param to until when it was seen
 * @param subject what it is counted as
 * @param usedUntil from when on it idles, if it goes on as it is
 */
record Sighting(String uid, Instant from, Instant to, Subject subject, Instant usedUntil) {

  /** Returns what is known by both of the same: what computed a moment ago did not idle then. */
  Sighting after(Sighting later) {
    var used = usedUntil.isAfter(later.usedUntil) ? usedUntil : later.usedUntil;
    return new Sighting(uid, later.from, later.to, later.subject, used);
  }

  /**
   * What time is counted as.
   *
   * @param whole whether it is a node, which is paid for, and not a pod, which has a share of one
   * @param workspace the name of the pod's StatefulSet; empty if it has none
   * @param person whose pod it is; empty for a node and for the platform's own pods
   * @param machineType empty for these too
   * @param share of the node, in millionths
   */
  record Subject(
      boolean whole,
      String workspace,
      String person,
      String machineType,
      NodeKind node,
      long share) {
    static Subject node(NodeKind kind) {
      return new Subject(true, "", "", "", kind, 0);
    }
  }
}
