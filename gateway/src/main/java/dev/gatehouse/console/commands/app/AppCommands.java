package dev.gatehouse.console.commands.app;

import dev.gatehouse.console.CommandTable.Entry;
import dev.gatehouse.console.CommandTable.Group;
import java.util.List;

/** Commands on apps. */
public final class AppCommands {
  public static final Group GROUP =
      new Group(
          "app",
          "What runs beside the workspaces",
          List.of(new Entry(AppList.ABOUT, AppList::new)));

  private AppCommands() {}
}
