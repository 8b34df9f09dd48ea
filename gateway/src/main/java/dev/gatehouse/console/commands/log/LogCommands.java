package dev.gatehouse.console.commands.log;

import dev.gatehouse.console.CommandTable.Entry;
import dev.gatehouse.console.CommandTable.Group;
import java.util.List;

/** Commands on the log. */
public final class LogCommands {
  public static final Group GROUP =
      new Group("log", "The log", List.of(new Entry(LogLevel.ABOUT, LogLevel::new)));

  private LogCommands() {}
}
