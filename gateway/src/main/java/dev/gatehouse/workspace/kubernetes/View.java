package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.name.Username;
import dev.gatehouse.name.WorkspaceName;
import dev.gatehouse.workspace.WorkspaceId;
import dev.gatehouse.workspace.WorkspaceInfo;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads a workspace from its StatefulSet and its pods. */
final class View {
  private View() {}

  /** Empty for a set that says nothing of whose it is. */
  static Optional<WorkspaceInfo> of(StatefulSet set, List<Pod> pods) {
    try {
      var owner = Marks.annotation(set, Marks.PERSON).map(Username::new);
      var name = Marks.annotation(set, Marks.NAME).map(WorkspaceName::new);
      var type = Marks.label(set, Marks.MACHINE_TYPE).map(MachineTypeName::new);
      if (owner.isEmpty() || name.isEmpty() || type.isEmpty()) {
        return Optional.empty();
      }
      var state = state(set, pods);
      return Optional.of(
          new WorkspaceInfo(
              new WorkspaceId(owner.get(), name.get()),
              type.get(),
              state,
              since(set, pods, state),
              Marks.moment(set, Marks.LAST_USE),
              Marks.moment(set, Marks.KEEP_UNTIL),
              Marks.annotation(set, Marks.STOPPED_FOR).equals(Optional.of("person"))));
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

  private static State state(StatefulSet set, List<Pod> pods) {
    if (!wantsToRun(set)) {
      return pods.isEmpty() ? State.STOPPED : State.STOPPING;
    }
    return pods.stream().anyMatch(View::isReady) ? State.RUNNING : State.STARTING;
  }

  private static Instant since(StatefulSet set, List<Pod> pods, State state) {
    var mark =
        switch (state) {
          case RUNNING -> pods.stream().flatMap(p -> readySince(p).stream()).findFirst();
          case STARTING -> Marks.moment(set, Marks.STARTED_AT);
          case STOPPING, STOPPED -> Marks.moment(set, Marks.STOPPED_AT);
        };
    return mark.or(() -> Marks.parse(set.getMetadata().getCreationTimestamp()))
        .orElse(Instant.EPOCH);
  }

  private static Optional<Instant> readySince(Pod pod) {
    return pod.getStatus().getConditions().stream()
        .filter(c -> "Ready".equals(c.getType()))
        .map(PodCondition::getLastTransitionTime)
        .flatMap(t -> Marks.parse(t).stream())
        .findFirst();
  }
}
