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
          List.of(
              new Entry(AppList.ABOUT, AppList::new),
              new Entry(AppExpose.ABOUT, AppExpose::new),
              new Entry(AppHide.ABOUT, AppHide::new)));

  private AppCommands() {}
}
