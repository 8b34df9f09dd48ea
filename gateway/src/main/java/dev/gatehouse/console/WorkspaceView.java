package dev.gatehouse.console;

import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.name.WorkspaceName;
import dev.gatehouse.workspace.WorkspaceId;
import dev.gatehouse.workspace.WorkspaceInfo;
import dev.gatehouse.workspace.WorkspaceSpec;
import java.util.List;
import java.util.Locale;

/** How a workspace is shown, in every command the same. */
record WorkspaceView(
    WorkspaceId id, MachineTypeName type, WorkspaceInfo.State state, Value since, String connect) {

  static WorkspaceView of(WorkspaceInfo info, Services services) {
    return new WorkspaceView(
        info.id(),
        info.type(),
        info.state(),
        new Value.Moment(info.since()),
        connect(info.id(), services));
  }

  /** A workspace that was never started: to a person it is a stopped one. */
  static WorkspaceView ofNew(WorkspaceSpec spec, Services services) {
    return new WorkspaceView(
        spec.id(),
        spec.type().name(),
        WorkspaceInfo.State.STOPPED,
        new Value.None(),
        connect(spec.id(), services));
  }

  static Table table(List<WorkspaceInfo> infos, Services services) {
    return Table.of(infos.stream().map(i -> of(i, services)).toList())
        .column("name", w -> Value.of(w.id.name()))
        .column("state", WorkspaceView::stateValue)
        .column("since", WorkspaceView::since)
        .column("machine type", w -> Value.of(w.type))
        .whenEmpty("No workspaces yet. To make one: ssh " + services.host());
  }

  Result.Details details() {
    return Result.Details.of(
        Result.field("name", Value.of(id.name())),
        Result.field("state", stateValue()),
        Result.field("since", since),
        Result.field("machine type", Value.of(type)),
        Result.field("connect", Value.of(connect)));
  }

  private Value stateValue() {
    var style =
        switch (state) {
          case STOPPED -> Line.Style.DIM;
          case STARTING, STOPPING -> Line.Style.BUSY;
          case RUNNING -> Line.Style.GOOD;
        };
    return new Value.State(state.name().toLowerCase(Locale.ROOT), style);
  }

  /** The login name leads to the workspace: {@code alice}, or {@code alice+gpu}. */
  private static String connect(WorkspaceId id, Services services) {
    var workspace = id.name().equals(WorkspaceName.MAIN) ? "" : "+" + id.name();
    return "ssh %s%s@%s".formatted(id.owner(), workspace, services.host());
  }
}
