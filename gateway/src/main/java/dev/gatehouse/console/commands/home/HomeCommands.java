package dev.gatehouse.console.commands.home;

import dev.gatehouse.console.CommandTable.Entry;
import dev.gatehouse.console.CommandTable.Group;
import java.util.List;

/** Commands on homes. */
public final class HomeCommands {
  public static final Group GROUP =
      new Group(
          "home",
          "Your home, in all of your workspaces",
          List.of(
              new Entry(HomeShow.ABOUT, HomeShow::new),
              new Entry(HomeDelete.ABOUT, HomeDelete::new)));

  private HomeCommands() {}
}
