package dev.gatehouse.console.commands.service;

import dev.gatehouse.console.CommandTable.Entry;
import dev.gatehouse.console.CommandTable.Group;
import java.util.List;

/** Commands on services of workspaces. */
public final class ServiceCommands {
  public static final Group GROUP =
      new Group(
          "service",
          "What runs inside a workspace",
          List.of(
              new Entry(ServiceList.ABOUT, ServiceList::new),
              new Entry(ServiceOpen.ABOUT, ServiceOpen::new),
              new Entry(ServiceStart.ABOUT, ServiceStart::new),
              new Entry(ServiceStop.ABOUT, ServiceStop::new),
              new Entry(ServiceRestart.ABOUT, ServiceRestart::new),
              new Entry(ServiceLogs.ABOUT, ServiceLogs::new)));

  private ServiceCommands() {}
}
