package dev.gatehouse.console;

import dev.gatehouse.console.CommandTable.Entry;
import dev.gatehouse.console.CommandTable.Group;
import java.util.List;

/** Commands on homes. */
final class HomeCommands {
  static final Group GROUP =
      new Group(
          "home",
          "Your home, in all of your workspaces",
          List.of(
              new Entry(HomeShow.ABOUT, HomeShow::new),
              new Entry(HomeDelete.ABOUT, HomeDelete::new)));

  private HomeCommands() {}
}
