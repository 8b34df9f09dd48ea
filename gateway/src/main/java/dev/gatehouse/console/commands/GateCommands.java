package dev.gatehouse.console.commands;

import dev.gatehouse.console.CommandTable;
import dev.gatehouse.console.commands.app.AppCommands;
import dev.gatehouse.console.commands.cluster.ClusterCommands;
import dev.gatehouse.console.commands.cost.CostCommands;
import dev.gatehouse.console.commands.general.GeneralCommands;
import dev.gatehouse.console.commands.group.GroupCommands;
import dev.gatehouse.console.commands.home.HomeCommands;
import dev.gatehouse.console.commands.hostkey.HostKeyCommands;
import dev.gatehouse.console.commands.keys.KeysCommands;
import dev.gatehouse.console.commands.log.LogCommands;
import dev.gatehouse.console.commands.mfa.MfaCommands;
import dev.gatehouse.console.commands.node.NodeCommands;
import dev.gatehouse.console.commands.penalty.PenaltyCommands;
import dev.gatehouse.console.commands.platform.PlatformCommands;
import dev.gatehouse.console.commands.pool.PoolCommands;
import dev.gatehouse.console.commands.service.ServiceCommands;
import dev.gatehouse.console.commands.session.SessionCommands;
import dev.gatehouse.console.commands.type.TypeCommands;
import dev.gatehouse.console.commands.user.UserCommands;
import dev.gatehouse.console.commands.workspace.WorkspaceCommands;
import java.util.List;

/**
 * All commands, listed by hand in the order of the help: a group that is not listed does not exist.
 */
public final class GateCommands {
  public static final CommandTable TABLE =
      new CommandTable(
          List.of(
              GeneralCommands.GROUP,
              PlatformCommands.GROUP,
              CostCommands.GROUP,
              WorkspaceCommands.GROUP,
              HomeCommands.GROUP,
              ServiceCommands.GROUP,
              AppCommands.GROUP,
              KeysCommands.GROUP,
              MfaCommands.GROUP,
              SessionCommands.GROUP,
              UserCommands.GROUP,
              GroupCommands.GROUP,
              ClusterCommands.GROUP,
              TypeCommands.GROUP,
              NodeCommands.GROUP,
              PoolCommands.GROUP,
              HostKeyCommands.GROUP,
              PenaltyCommands.GROUP,
              LogCommands.GROUP));

  private GateCommands() {}
}
