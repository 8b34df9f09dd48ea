package dev.gatehouse.platform.nodes;

import dev.gatehouse.nodes.NodeFacts.Occupant;
import dev.gatehouse.nodes.NodeTask.Moved;
import dev.gatehouse.workspace.kubernetes.KnownWorkspaces;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Where the workspaces of a node that is emptied are now. */
final class Evacuation {
  private Evacuation() {}

  /** Those of these pods that are workspaces of a node, which they have not left. */
  static List<Moved> of(String node, List<Pod> pods) {
    return pods.stream()
        .flatMap(pod -> workspace(pod).stream())
        .distinct()
        .map(workspace -> new Moved(workspace, "runs on " + node, false))
        .toList();
  }

  /**
   * The same workspaces, as they are now.
   *
   * @param pods of all workspaces
   * @param stopped those that somebody has stopped meanwhile, or deleted
   */
  static List<Moved> look(
      String node, List<Moved> before, List<Pod> pods, Predicate<Occupant> stopped) {
    return before.stream().map(moved -> now(node, moved.workspace(), pods, stopped)).toList();
  }

  static Optional<Occupant> workspace(Pod pod) {
    return KnownWorkspaces.of(pod).map(id -> new Occupant(id.owner().value(), id.name().value()));
  }

  private static Moved now(
      String node, Occupant workspace, List<Pod> pods, Predicate<Occupant> stopped) {
    var own = pods.stream().filter(pod -> workspace(pod).equals(Optional.of(workspace))).toList();
    if (own.isEmpty()) {
      // Else its StatefulSet makes the next one within moments.
      return stopped.test(workspace)
          ? new Moved(workspace, "is stopped", true)
          : new Moved(workspace, "starts again", false);
    }
    var pod = own.getFirst();
    var place = pod.getSpec().getNodeName();
    if (pod.getMetadata().getDeletionTimestamp() != null) {
      return new Moved(workspace, "ends", false);
    }
    if (place == null) {
      return KnownWorkspaces.unplaced(pod)
          .map(why -> new Moved(workspace, "waits: " + why, true))
          .orElseGet(() -> new Moved(workspace, "waits for a node", false));
    }
    return KnownWorkspaces.isReady(pod)
        ? new Moved(workspace, "runs on " + place, !place.equals(node))
        : new Moved(workspace, "starts on " + place, false);
  }
}
