package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.failure.Failure;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says in a person's words why a workspace that ran ends, from what Kubernetes shows of it. A pure
 * function of its values.
 *
 * @param name of the workspace, as its person calls it
 * @param set absent once it is deleted
 * @param pods its pods
 * @param now what ended long before it is not the reason for an end now
 */
record Ending(String name, Optional<StatefulSet> set, List<Pod> pods, Instant now) {
  private static final Duration LATELY = Duration.ofMinutes(2);
  private static final String OOM = "OOMKilled";

  /** What is certain: whoever is in it will be ended, or has been. */
  Optional<Failure> certain() {
    if (set.isEmpty() || !View.wantsToRun(set.get())) {
      return Optional.of(stopped());
    }
    return pods.stream().flatMap(pod -> ofPod(pod).stream()).findFirst();
  }

  /** The same, and what explains why it cannot be reached any more. */
  Optional<Failure> ifLost() {
    return certain()
        .or(() -> pods.stream().anyMatch(Ending::isCutOff) ? Optional.of(nodeLost()) : gone());
  }

  private Failure stopped() {
    var by =
        set.flatMap(s -> Annotations.annotation(s, Annotations.STOPPED_BY))
            .filter(who -> !who.isEmpty());
    var why = set.flatMap(s -> Annotations.annotation(s, Annotations.STOPPED_FOR)).orElse("");
    var how =
        switch (why) {
          case "idle" -> "is stopped, since nobody used it";
          case "lifetime" -> "is stopped, since it is as old as its machine type may get";
          default -> "is stopped" + by.map(" by "::concat).orElse("");
        };
    return unavailable("workspace-stopped", how + "; files in your home stay");
  }

  private Optional<Failure> ofPod(Pod pod) {
    if (isOutOfMemory(pod)) {
      return Optional.of(
          unavailable(
              "workspace-out-of-memory",
              "needed more memory than its machine type has, and was ended; a larger one: gate"
                  + " workspace type "
                  + name));
    }
    var disrupted = disruption(pod);
    if (disrupted.isPresent()) {
      return disrupted;
    }
    return View.isEnding(pod)
        ? Optional.of(unavailable("workspace-pod-deleted", "ends: its pod is deleted"))
        : Optional.empty();
  }

  /** Pod conditions and reasons of Kubernetes' documentation on disruptions. */
  private Optional<Failure> disruption(Pod pod) {
    var reason =
        Diagnosis.isTrue(pod, "DisruptionTarget")
            ? Diagnosis.condition(pod, "DisruptionTarget").map(c -> c.getReason()).orElse("")
            : Optional.ofNullable(pod.getStatus()).map(PodStatus::getReason).orElse("");
    return switch (reason) {
      case "Evicted", "TerminationByKubelet" ->
          Optional.of(evicted("its node ran short of memory, disk or processes, or shuts down"));
      case "EvictionByEvictionAPI" ->
          Optional.of(
              evicted("its node is being emptied. It starts again on another; connect again soon"));
      case "PreemptionByScheduler" ->
          Optional.of(evicted("something more important needs its node"));
      case "DeletionByTaintManager", "DeletionByPodGC", "NodeLost" -> Optional.of(nodeLost());
      default -> Optional.empty();
    };
  }

  private Failure evicted(String why) {
    return unavailable("workspace-evicted", "is taken off its node: " + why);
  }

  private Failure nodeLost() {
    return unavailable("node-lost", "is lost with its node, which does not answer");
  }

  /** With the set wanting to run and a pod on no node, somebody has deleted it by force. */
  private Optional<Failure> gone() {
    return pods.isEmpty()
        ? Optional.of(unavailable("workspace-pod-deleted", "ended: its pod was deleted"))
        : Optional.empty();
  }

  private Failure unavailable(String code, String what) {
    return new Failure.Unavailable(code, "workspace %s %s".formatted(name, what));
  }

  private boolean isOutOfMemory(Pod pod) {
    return statuses(pod)
        .flatMap(status -> Stream.of(status.getState(), status.getLastState()))
        .filter(Objects::nonNull)
        .map(ContainerState::getTerminated)
        .filter(Objects::nonNull)
        .anyMatch(end -> OOM.equals(end.getReason()) && isLate(end));
  }

  private boolean isLate(ContainerStateTerminated end) {
    return Optional.ofNullable(end.getFinishedAt())
        .flatMap(Annotations::parse)
        .filter(at -> at.isAfter(now.minus(LATELY)))
        .isPresent();
  }

  /**
   * A kubelet says of a container and of its pod the same; that the pod alone is not ready is what
   * the cluster notes when the node does not answer.
   */
  private static boolean isCutOff(Pod pod) {
    return !Diagnosis.isTrue(pod, "Ready")
        && statuses(pod).findAny().isPresent()
        && statuses(pod).allMatch(status -> Boolean.TRUE.equals(status.getReady()));
  }

  private static Stream<ContainerStatus> statuses(Pod pod) {
    // A pod that was made a moment ago may have no status.
    return Stream.ofNullable(pod.getStatus())
        .map(PodStatus::getContainerStatuses)
        .filter(Objects::nonNull)
        .flatMap(List::stream);
  }
}
