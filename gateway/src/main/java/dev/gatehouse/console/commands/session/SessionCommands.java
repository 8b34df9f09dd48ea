package dev.gatehouse.console.commands.session;

import dev.gatehouse.console.CommandTable.Entry;
import dev.gatehouse.console.CommandTable.Group;
import java.util.List;

/** Commands on open connections. */
public final class SessionCommands {
  public static final Group GROUP =
      new Group(
          "session",
          "Connections",
          List.of(
              new Entry(SessionList.ABOUT, SessionList::new),
              new Entry(SessionShow.ABOUT, SessionShow::new),
              new Entry(SessionKill.ABOUT, SessionKill::new),
              new Entry(SessionMessage.ABOUT, SessionMessage::new)));

  private SessionCommands() {}
}
