package dev.gatehouse.console;

import java.util.List;

/**
 * All commands, listed by hand in the order of the help: a group that is not listed does not exist.
 */
public final class GateCommands {
  public static final CommandTable TABLE =
      new CommandTable(
          List.of(
              GeneralCommands.GROUP,
              WorkspaceCommands.GROUP,
              HomeCommands.GROUP,
              AppCommands.GROUP,
              KeysCommands.GROUP,
              MfaCommands.GROUP,
              SessionCommands.GROUP,
              UserCommands.GROUP,
              GroupCommands.GROUP,
              HostKeyCommands.GROUP,
              PenaltyCommands.GROUP,
              LogCommands.GROUP));

  private GateCommands() {}
}
