package dev.gatehouse.console.commands.platform;

import dev.gatehouse.console.LiveSessions.Everywhere;
import dev.gatehouse.console.Services;
import dev.gatehouse.console.Usages;
import dev.gatehouse.workspace.Usage;
import dev.gatehouse.workspace.WorkspaceEvent;
import dev.gatehouse.workspace.WorkspaceId;
import dev.gatehouse.workspace.WorkspaceInfo;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes pictures of the platform, one after the other. */
final class TopSource {
  /** The metrics API is asked no more than so often a second, however many workspaces run. */
  private static final int QUESTIONS_A_SECOND = 10;

  private final Services services;
  private Map<WorkspaceId, Usage> usages = Map.of();
  private Instant nextUsages = Instant.EPOCH;

  TopSource(Services services) {
    this.services = services;
  }

  /**
   * Blocks.
   *
   * @throws dev.gatehouse.failure.FailureException if the platform cannot be asked now
   */
  TopPicture take() throws InterruptedException {
    var all = services.workspaces().all();
    var live = all.stream().filter(w -> w.state() != State.STOPPED).toList();
    measure(live.stream().filter(w -> w.state() == State.RUNNING).map(WorkspaceInfo::id).toList());
    var connections = services.sessions().everywhere();
    return new TopPicture(
        services.clock().instant(),
        live.stream().map(w -> row(w, connections)).toList(),
        all.size() - (long) live.size(),
        connections,
        services.nodes().latest(),
        services.nodes().pools());
  }

  private void measure(List<WorkspaceId> running) throws InterruptedException {
    var now = services.clock().instant();
    if (now.isBefore(nextUsages)) {
      return;
    }
    usages = Usages.of(running, services.workspaces());
    nextUsages = now.plus(Duration.ofSeconds(running.size() / QUESTIONS_A_SECOND));
  }

  private TopRow row(WorkspaceInfo info, Everywhere connections) {
    return new TopRow(
        info,
        Optional.ofNullable(usages.get(info.id())),
        connections.sessions().stream()
            .filter(s -> s.user().equals(info.id().owner()))
            .filter(s -> s.target().equals("workspace " + info.id().name()))
            .count(),
        info.state() == State.STARTING ? step(info) : Optional.empty());
  }

  private Optional<String> step(WorkspaceInfo info) {
    return services.workspaces().events(info.id()).stream()
        .reduce((_, later) -> later)
        .map(WorkspaceEvent::message);
  }
}
