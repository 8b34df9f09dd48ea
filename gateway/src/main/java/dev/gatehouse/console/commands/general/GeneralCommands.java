package dev.gatehouse.console.commands.general;

import dev.gatehouse.console.CommandTable.Entry;
import dev.gatehouse.console.CommandTable.Group;
import dev.gatehouse.console.HelpCommand;
import java.util.List;

/** Commands of a single word. */
public final class GeneralCommands {
  public static final Group GROUP =
      new Group(
          "",
          "General",
          List.of(
              new Entry(HelpCommand.ABOUT, HelpCommand::new),
              new Entry(WhoAmI.ABOUT, WhoAmI::new),
              new Entry(Passwd.ABOUT, Passwd::new),
              new Entry(Status.ABOUT, Status::new)));

  private GeneralCommands() {}
}
