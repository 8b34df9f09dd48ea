package dev.gatehouse.workspace.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What a workspace's StatefulSet says of its last start, stop and use, and its pod of whose it is.
 * Moments are in whole seconds.
 */
public record WorkspaceMarks(
    Optional<Instant> startedAt, Optional<Instant> stoppedAt, Optional<Instant> lastUse) {

  /**
   * Whose a pod is.
   *
   * @param workspace the name of its StatefulSet
   * @param person all of them empty for a pod that is no workspace's
   */
  public record Owner(String workspace, String person, String machineType) {}

  public static WorkspaceMarks of(StatefulSet set) {
    return new WorkspaceMarks(
        moment(set, Annotations.STARTED_AT),
        moment(set, Annotations.STOPPED_AT),
        moment(set, Annotations.LAST_USE));
  }

  public static Owner of(Pod pod) {
    return new Owner(
        Annotations.label(pod, Annotations.WORKSPACE).orElse(""),
        Annotations.annotation(pod, Annotations.PERSON).orElse(""),
        Annotations.label(pod, Annotations.MACHINE_TYPE).orElse(""));
  }

  private static Optional<Instant> moment(StatefulSet set, String key) {
    return Annotations.moment(set, key).map(at -> at.truncatedTo(ChronoUnit.SECONDS));
  }
}
