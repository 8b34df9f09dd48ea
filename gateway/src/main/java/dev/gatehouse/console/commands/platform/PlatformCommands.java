package dev.gatehouse.console.commands.platform;

import dev.gatehouse.console.CommandTable.Entry;
import dev.gatehouse.console.CommandTable.Group;
import java.util.List;

/** Commands on the platform as a whole. */
public final class PlatformCommands {
  public static final Group GROUP =
      new Group(
          "",
          "The whole platform",
          List.of(
              new Entry(Top.ABOUT, Top::new),
              new Entry(Events.ABOUT, Events::new),
              new Entry(DoctorCommand.ABOUT, DoctorCommand::new)));

  private PlatformCommands() {}
}
