package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.name.Username;
import dev.gatehouse.name.WorkspaceName;
import dev.gatehouse.workspace.WorkspaceId;
import dev.gatehouse.workspace.WorkspaceInfo;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateRunning;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads a workspace from its StatefulSet and its pods. */
final class View {
  private View() {}

  /**
   * Empty for a set that says nothing of whose it is.
   *
   * @param runs whether somebody can be sent to a pod
   */
  static Optional<WorkspaceInfo> of(StatefulSet set, List<Pod> pods, Predicate<Pod> runs) {
    try {
      var owner = Annotations.annotation(set, Annotations.PERSON).map(Username::new);
      var name = Annotations.annotation(set, Annotations.NAME).map(WorkspaceName::new);
      var type = Annotations.label(set, Annotations.MACHINE_TYPE).map(MachineTypeName::new);
      if (owner.isEmpty() || name.isEmpty() || type.isEmpty()) {
        return Optional.empty();
      }
      var state = state(set, pods, runs);
      return Optional.of(
          new WorkspaceInfo(
              new WorkspaceId(owner.get(), name.get()),
              type.get(),
              state,
              since(set, pods, runs, state),
              Annotations.moment(set, Annotations.LAST_USE),
              Annotations.moment(set, Annotations.KEEP_UNTIL),
              Annotations.annotation(set, Annotations.STOPPED_FOR).equals(Optional.of("person")),
              pods.stream()
                  .filter(_ -> state == State.RUNNING)
                  .filter(runs)
                  .findFirst()
                  .map(Outfits::of)));
    } catch (UserError e) {
      return Optional.empty();
    }
  }

  static boolean wantsToRun(StatefulSet set) {
    return Optional.ofNullable(set.getSpec().getReplicas()).orElse(1) > 0
        && set.getMetadata().getDeletionTimestamp() == null;
  }

  /** Whether its controller has acted on that generation. */
  static boolean hasHeeded(StatefulSet set, long generation) {
    return Optional.ofNullable(set.getStatus())
        .map((StatefulSetStatus s) -> s.getObservedGeneration())
        .filter(observed -> observed >= generation)
        .isPresent();
  }

  /** Its sshd accepts, and it is not on its way out. */
  static boolean isReady(Pod pod) {
    return !isEnding(pod) && Diagnosis.isTrue(pod, "Ready") && pod.getStatus().getPodIP() != null;
  }

  static boolean isEnding(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() != null;
  }

  /**
   * Whether its node has fallen silent: the node controller then says of the pod that it is not
   * ready, and leaves the kubelet's last word of its containers as it was. (A kubelet says both at
   * once.) An event may be old; this is how it is now.
   */
  static boolean isStranded(Pod pod) {
    return Diagnosis.isFalse(pod, "Ready")
        && Diagnosis.isTrue(pod, "ContainersReady")
        && pod.getStatus().getPodIP() != null;
  }

  /** One run of the workspace's own container at an address. */
  record Run(String address, int restarts) {}

  /** Empty if the pod has no address yet, or if its container has ended. */
  static Optional<Run> run(Pod pod) {
    var container = container(pod);
    var hasEnded =
        container
            .map((ContainerStatus c) -> c.getState())
            .filter(state -> state.getTerminated() != null)
            .isPresent();
    return Optional.ofNullable(pod.getStatus())
        .map(PodStatus::getPodIP)
        .filter(_ -> !hasEnded)
        .map(address -> new Run(address, container.map(View::restarts).orElse(0)));
  }

  private static int restarts(ContainerStatus container) {
    return Optional.ofNullable(container.getRestartCount()).orElse(0);
  }

  /** Whether the kubelet has ever begun to run the workspace's own container. */
  static boolean hasBegun(Pod pod) {
    return container(pod)
        .filter(c -> restarts(c) > 0 || (c.getState() != null && c.getState().getWaiting() == null))
        .isPresent();
  }

  /** A pod of a set that was deleted ends, whatever it says of itself; an orphan is taken over. */
  static boolean isOf(StatefulSet set, Pod pod) {
    return pod.getMetadata().getOwnerReferences().stream()
        .allMatch(owner -> owner.getUid().equals(set.getMetadata().getUid()));
  }

  private static Optional<ContainerStatus> container(Pod pod) {
    return Optional.ofNullable(pod.getStatus()).map(PodStatus::getContainerStatuses).stream()
        .flatMap(List::stream)
        .filter(c -> PodTemplate.CONTAINER.equals(c.getName()))
        .findFirst();
  }

  private static State state(StatefulSet set, List<Pod> pods, Predicate<Pod> runs) {
    if (!wantsToRun(set)) {
      return pods.isEmpty() ? State.STOPPED : State.STOPPING;
    }
    return pods.stream().anyMatch(runs) ? State.RUNNING : State.STARTING;
  }

  private static Instant since(StatefulSet set, List<Pod> pods, Predicate<Pod> runs, State state) {
    var mark =
        switch (state) {
          case RUNNING ->
              pods.stream().filter(runs).flatMap(p -> runsSince(p).stream()).findFirst();
          case STARTING -> Annotations.moment(set, Annotations.STARTED_AT);
          case STOPPING, STOPPED -> Annotations.moment(set, Annotations.STOPPED_AT);
        };
    return mark.or(() -> Annotations.parse(set.getMetadata().getCreationTimestamp()))
        .orElse(Instant.EPOCH);
  }

  /** As old as its processes: a kubelet that begins anew says "ready" anew, of the same ones. */
  private static Optional<Instant> runsSince(Pod pod) {
    return container(pod)
        .map((ContainerStatus c) -> c.getState())
        .map((ContainerState s) -> s.getRunning())
        .map((ContainerStateRunning r) -> r.getStartedAt())
        .flatMap(Annotations::parse)
        .or(() -> readySince(pod));
  }

  static Optional<Instant> readySince(Pod pod) {
    return pod.getStatus().getConditions().stream()
        .filter(c -> "Ready".equals(c.getType()))
        .map(PodCondition::getLastTransitionTime)
        .flatMap(t -> Annotations.parse(t).stream())
        .findFirst();
  }
}
