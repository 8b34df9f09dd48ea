package dev.gatehouse.console.commands.platform;

import dev.gatehouse.cluster.revisions.Revision;
import dev.gatehouse.console.OperatorStatus;
import dev.gatehouse.console.Services;
import dev.gatehouse.workspace.WorkspaceEvent;
import dev.gatehouse.workspace.WorkspaceId;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What is remembered of what happened: Kubernetes' own events of workspaces and nodes, which it
 * keeps for an hour, the history of the definition, and the state of each part of the platform
 * since it came to be so. Every gateway sees the same.
 */
record EventSource(Services services) {
  /** The oldest first. Blocks. */
  List<PlatformEvent> all() {
    var workspaces =
        services.workspaces().all().stream()
            .flatMap(w -> services.workspaces().events(w.id()).stream().map(e -> event(w.id(), e)));
    var revisions = services.definitions().store().history().stream().map(EventSource::event);
    var parts =
        services.definitions().operator().flatMap(OperatorStatus::report).stream()
            .flatMap(report -> report.parts().stream())
            .map(EventSource::event);
    return Stream.of(workspaces, revisions, parts, nodes(), wishes())
        .flatMap(events -> events)
        .sorted(
            Comparator.comparing(PlatformEvent::at)
                .thenComparing(PlatformEvent::about)
                .thenComparing(PlatformEvent::message))
        .toList();
  }

  private Stream<PlatformEvent> nodes() {
    return services.nodes().latest().stream()
        .flatMap(report -> report.nodes().stream())
        .flatMap(
            node ->
                node.facts().events().stream()
                    .map(
                        e ->
                            new PlatformEvent(
                                e.at(),
                                e.warning() ? "warning" : PlatformEvent.NODE,
                                node.name(),
                                e.reason(),
                                e.message())));
  }

  /** What people have wished of nodes, and what the operator has done for it. */
  private Stream<PlatformEvent> wishes() {
    return services.nodeControl().stream()
        .flatMap(control -> control.tasks().nodes().stream())
        .flatMap(
            task ->
                task.notes().stream()
                    .map(
                        note ->
                            new PlatformEvent(
                                note.at(),
                                PlatformEvent.NODE,
                                task.node(),
                                task.wish().kind().name().toLowerCase(Locale.ROOT),
                                "%s (for %s)".formatted(note.what(), task.wish().by()))));
  }

  private static PlatformEvent event(WorkspaceId workspace, WorkspaceEvent event) {
    return new PlatformEvent(
        event.at(),
        event.warning() ? "warning" : "workspace",
        workspace.toString(),
        event.reason(),
        event.message());
  }

  private static PlatformEvent event(OperatorStatus.Part part) {
    return new PlatformEvent(
        part.since(), PlatformEvent.PLATFORM, part.name(), part.state(), part.message());
  }

  private static PlatformEvent event(Revision revision) {
    var author = revision.author();
    return new PlatformEvent(
        revision.when(),
        "definition",
        "revision " + revision.number(),
        "changed",
        "by %s, %s%s"
            .formatted(
                author.who(), author.from(), author.why().map(why -> ": " + why).orElse("")));
  }
}
