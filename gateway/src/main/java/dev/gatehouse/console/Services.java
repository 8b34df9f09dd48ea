package dev.gatehouse.console;

import dev.gatehouse.admission.Admission;
import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cost.CostBook;
import dev.gatehouse.directory.DirectoryHealth;
import dev.gatehouse.directory.PeopleAdministration;
import dev.gatehouse.doctor.Check;
import dev.gatehouse.mfa.SecondFactors;
import dev.gatehouse.nodes.NodeControl;
import dev.gatehouse.nodes.NodeOverview;
import dev.gatehouse.service.WorkspaceServices;
import dev.gatehouse.workspace.Workspaces;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What commands work on.
 *
 * @param currentDefinition the definition at the time of the call
 * @param definitions its text, and what a change of it needs
 * @param workspaceServices what runs inside workspaces that run
 * @param directoryHealth empty for a directory inside this process
 * @param costs what was used, and what it costs
 * @param nodeControl empty where there is no cluster
 * @param checks what the gateway can examine with its own rights
 * @param started when this gateway came up
 */
public record Services(
    Supplier<ClusterDefinition> currentDefinition,
    DefinitionServices definitions,
    Admission admission,
    Workspaces workspaces,
    WorkspaceServices workspaceServices,
    PeopleAdministration people,
    Supplier<Optional<DirectoryHealth>> directoryHealth,
    SecondFactors secondFactors,
    LiveSessions sessions,
    PenaltyBook penalties,
    HostKeyring hostKeys,
    LogLevels logLevels,
    NodeOverview nodes,
    CostBook costs,
    Optional<NodeControl> nodeControl,
    List<Check> checks,
    InstantSource clock,
    Instant started) {

  public ClusterDefinition definition() {
    return currentDefinition.get();
  }

  /** Returns what of the definition is in force. */
  public InForce inForce() {
    return definitions.inForce();
  }

  /** The line a person types on their own machine, such as {@code ssh example.com gate status}. */
  String sshLine(String commandLine) {
    return "ssh %s gate %s".formatted(host(), commandLine).strip();
  }

  public String host() {
    return definition().gateway().name();
  }
}
