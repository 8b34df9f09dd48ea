package dev.gatehouse.platform.nodes;

import static java.util.stream.Collectors.toSet;

import dev.gatehouse.nodes.NodeFacts.Occupant;
import dev.gatehouse.nodes.NodeTask;
import dev.gatehouse.nodes.NodeTask.Moved;
import dev.gatehouse.nodes.NodeTask.Phase;
import dev.gatehouse.nodes.NodeWish;
import dev.gatehouse.nodes.NodeWish.Kind;
import dev.gatehouse.text.Plural;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import dev.gatehouse.workspace.kubernetes.KnownWorkspaces;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One step of a wish: what it finds of the node now, and what it was told to do, decide it.
 * Nobody's workspace ends before the time that was told to the people in it is over.
 */
final class Drain {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** So long it is told where the workspaces are after they have left. */
  private static final Duration LOOKED_AFTER = Duration.ofMinutes(15);

  private final KubernetesClient client;
  private final DrainSettings settings;
  private final String ownPod;
  private final InstantSource clock;
  private final NodeSwitch nodes;
  private final Evictions evictions;

  Drain(KubernetesClient client, DrainSettings settings, String ownPod, InstantSource clock) {
    this.client = client;
    this.settings = settings;
    this.ownPod = ownPod;
    this.clock = clock;
    this.nodes = new NodeSwitch(client);
    this.evictions = new Evictions(client);
  }

  /** The task of that wish: a new one, if the wish is. What was going on ends with its wish. */
  NodeTask current(NodeWish wish, Optional<NodeTask> before) {
    if (before.filter(task -> task.wish().equals(wish)).isPresent()) {
      return before.get();
    }
    var task = NodeTask.begin(wish, clock.instant()).after(before);
    var running = before.filter(NodeTask::isDraining);
    if (running.isEmpty()) {
      return task;
    }
    if (wish.kind() != Kind.DRAINED) {
      return task.note(clock.instant(), "%s cancels the drain".formatted(wish.by()));
    }
    // The same again, with other words: the time that people were told stays, unless it is now.
    return wish.now() ? running.get().as(wish).leaving(clock.instant()) : running.get().as(wish);
  }

  /**
   * @param others the nodes that are being emptied besides
   * @throws io.fabric8.kubernetes.client.KubernetesClientException 404 if there is no such node
   */
  NodeTask step(NodeTask task, List<String> others) {
    return switch (task.phase()) {
      case QUEUED -> begin(task, others);
      case WARNING -> warn(task);
      case EVICTING -> evict(task);
      case STUCK -> lookAfter(unstick(task));
      case DRAINED -> lookAfter(task);
      case CORDONED, OPEN, FAILED -> task;
    };
  }

  private NodeTask begin(NodeTask task, List<String> others) {
    return switch (task.wish().kind()) {
      case OPEN -> {
        nodes.open(task.node());
        yield task.in(Phase.OPEN, clock.instant(), "open to new pods");
      }
      case CORDONED -> {
        nodes.cordon(task.node());
        yield task.in(Phase.CORDONED, clock.instant(), "closed to new pods");
      }
      case DRAINED -> {
        nodes.require(task.node());
        yield others.size() < settings.atOnce()
            ? beginDrain(task)
            : task.note(
                clock.instant(),
                "waits until %s is empty: %s at a time"
                    .formatted(String.join(" and ", others), Plural.of(settings.atOnce(), "node")));
      }
    };
  }

  private NodeTask beginDrain(NodeTask task) {
    nodes.cordon(task.node());
    var pods = pods(task);
    var workspaces = Evacuation.of(task.node(), pods.leaving());
    var now = clock.instant();
    var isAtOnce = task.wish().now() || workspaces.isEmpty();
    var leaveAt = isAtOnce ? now : now.plus(settings.warning());
    var warned =
        task.in(Phase.WARNING, now, "closed to new pods")
            .leaving(leaveAt)
            .with(workspaces)
            .count(pods.left(), 0, pods.staying(), List.of());
    return now.isBefore(leaveAt)
        ? warned.note(
            now, "%s told; pods leave at %s".formatted(told(workspaces), TIME.format(leaveAt)))
        : evict(warned);
  }

  private static String told(List<Moved> workspaces) {
    var people = workspaces.stream().map(m -> m.workspace().owner()).distinct().toList();
    return String.join(", ", people) + (people.size() == 1 ? " is" : " are");
  }

  private NodeTask warn(NodeTask task) {
    var now = clock.instant();
    if (!now.isBefore(task.leaveAt().orElse(now))) {
      return evict(task);
    }
    nodes.cordon(task.node());
    var pods = pods(task);
    var told = task.count(Math.max(task.pods(), pods.left()), 0, pods.staying(), List.of());
    return Evacuation.of(task.node(), pods.leaving()).isEmpty()
        ? evict(told.note(now, "no workspace is on it any more"))
        : told;
  }

  private NodeTask evict(NodeTask task) {
    nodes.cordon(task.node());
    var now = clock.instant();
    var evicting =
        task.phase() == Phase.EVICTING ? task : task.in(Phase.EVICTING, now, "pods leave");
    var pods = pods(task);
    if (pods.left() == 0) {
      return empty(
          moved(evicting.count(evicting.pods(), evicting.pods(), pods.staying(), List.of())));
    }
    var waiting = new ArrayList<String>();
    for (var pod : inOrder(pods)) {
      switch (evictions.evict(pod)) {
        case Evictions.Answer.Goes() -> {}
        case Evictions.Answer.Waits(var why) -> waiting.add(NodePods.name(pod) + ": " + why);
      }
    }
    var all = Math.max(evicting.pods(), pods.left());
    var told = moved(evicting.count(all, all - pods.left(), pods.staying(), waiting));
    return waiting.isEmpty() ? told : told.note(now, "waits: " + waiting.getFirst());
  }

  /** This operator's own pod leaves when nothing else is left: the next one goes on elsewhere. */
  private List<Pod> inOrder(NodePods pods) {
    var others = pods.leaving().stream().filter(pod -> !isOwn(pod)).toList();
    return others.isEmpty() && pods.ending().isEmpty() ? pods.leaving() : others;
  }

  private boolean isOwn(Pod pod) {
    return pod.getMetadata().getName().equals(ownPod)
        && pod.getMetadata().getNamespace().equals(settings.namespace());
  }

  private NodeTask empty(NodeTask task) {
    var now = clock.instant();
    return task.staying().isEmpty()
        ? task.in(Phase.DRAINED, now, "empty: %s left".formatted(Plural.of(task.pods(), "pod")))
        : task.in(
            Phase.STUCK,
            now,
            "%s left; %s: %s"
                .formatted(
                    Plural.of(task.pods(), "pod"),
                    Plural.of(task.staying().size(), "pod") + " cannot go",
                    task.staying().getFirst().pod() + " " + task.staying().getFirst().why()));
  }

  /** Somebody may have seen to the pods that were in the way. */
  private NodeTask unstick(NodeTask task) {
    var pods = pods(task);
    return pods.left() == 0 && pods.staying().isEmpty()
        ? empty(task.count(task.pods(), task.pods(), List.of(), List.of()))
        : task.count(task.pods(), task.left(), pods.staying(), List.of());
  }

  private NodeTask lookAfter(NodeTask task) {
    var isOver = clock.instant().isAfter(task.since().plus(LOOKED_AFTER));
    return isOver || task.workspaces().isEmpty() ? task : moved(task);
  }

  private NodeTask moved(NodeTask task) {
    if (task.workspaces().isEmpty()) {
      return task;
    }
    var stopped = stopped();
    var moved =
        Evacuation.look(
            task.node(),
            task.workspaces(),
            KnownWorkspaces.pods(client, settings.workspaces()),
            workspace -> stopped.contains(workspace));
    return told(task.with(moved), task.workspaces(), clock.instant());
  }

  /** Notes who cannot be placed. */
  private static NodeTask told(NodeTask task, List<Moved> before, Instant now) {
    var news =
        task.workspaces().stream()
            .filter(m -> m.settled() && !before.contains(m) && m.where().startsWith("waits"))
            .toList();
    var told = task;
    for (var moved : news) {
      told = told.note(now, moved.workspace() + " " + moved.where());
    }
    return told;
  }

  private Set<Occupant> stopped() {
    return KnownWorkspaces.of(client, settings.workspaces()).stream()
        .filter(info -> info.state() == State.STOPPED)
        .map(info -> new Occupant(info.id().owner().value(), info.id().name().value()))
        .collect(toSet());
  }

  private NodePods pods(NodeTask task) {
    return NodePods.of(client, task.wish(), settings, clock.instant());
  }
}
