package dev.gatehouse.console.commands.workspace;

import dev.gatehouse.console.CommandTable.Entry;
import dev.gatehouse.console.CommandTable.Group;
import java.util.List;

/** Commands on workspaces. */
public final class WorkspaceCommands {
  public static final Group GROUP =
      new Group(
          "workspace",
          "Your workspaces",
          List.of(
              new Entry(WorkspaceList.ABOUT, WorkspaceList::new),
              new Entry(WorkspaceShow.ABOUT, WorkspaceShow::new),
              new Entry(WorkspaceStart.ABOUT, WorkspaceStart::new),
              new Entry(WorkspaceStop.ABOUT, WorkspaceStop::new),
              new Entry(WorkspaceCreate.ABOUT, WorkspaceCreate::new),
              new Entry(WorkspaceDelete.ABOUT, WorkspaceDelete::new),
              new Entry(WorkspaceKeep.ABOUT, WorkspaceKeep::new),
              new Entry(WorkspaceType.ABOUT, WorkspaceType::new),
              new Entry(WorkspaceLogs.ABOUT, WorkspaceLogs::new),
              new Entry(WorkspaceEvents.ABOUT, WorkspaceEvents::new),
              new Entry(WorkspaceTop.ABOUT, WorkspaceTop::new)));

  private WorkspaceCommands() {}
}
