package dev.gatehouse.console;

import dev.gatehouse.admission.Admission;
import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.workspace.Workspaces;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.IntSupplier;

/**
 * What commands work on.
 *
 * @param connections how many people's connections are open now
 * @param started when this gateway came up
 */
record Services(
    ClusterDefinition definition,
    Admission admission,
    Workspaces workspaces,
    IntSupplier connections,
    InstantSource clock,
    Instant started) {

  /** The line a person types on their own machine, such as {@code ssh example.com gate status}. */
  String sshLine(String commandLine) {
    return "ssh %s gate %s".formatted(host(), commandLine).strip();
  }

  String host() {
    return definition.gateway().name();
  }
}
