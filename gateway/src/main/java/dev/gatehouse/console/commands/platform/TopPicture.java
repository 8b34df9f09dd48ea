package dev.gatehouse.console.commands.platform;

import dev.gatehouse.console.LiveSessions.Everywhere;
import dev.gatehouse.nodes.NodeReport;
import dev.gatehouse.nodes.PoolReport;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The platform at one moment.
 *
 * @param rows the workspaces that are not stopped
 * @param nodes empty where nobody tells of them
 * @param pools the same
 */
record TopPicture(
    Instant at,
    List<TopRow> rows,
    long stopped,
    Everywhere connections,
    Optional<NodeReport> nodes,
    Optional<PoolReport> pools) {

  long count(State state) {
    return rows.stream().filter(r -> r.info().state() == state).count();
  }

  /** How many have a connection. */
  long people() {
    return connections.sessions().stream().map(s -> s.user()).distinct().count();
  }
}
