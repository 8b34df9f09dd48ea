package dev.gatehouse.console.commands.platform;

import dev.gatehouse.workspace.Usage;
import dev.gatehouse.workspace.WorkspaceInfo;
import java.util.Optional;

/**
 * A workspace that is not stopped.
 *
 * @param usage empty where nobody measures it
 * @param sessions how many connections lead to it
 * @param step what its start is at; empty if it runs
 */
record TopRow(WorkspaceInfo info, Optional<Usage> usage, long sessions, Optional<String> step) {
  String name() {
    return info.id().toString();
  }

  long millicores() {
    return usage.map(Usage::millicores).orElse(-1L);
  }

  long memoryBytes() {
    return usage.map(Usage::memoryBytes).orElse(-1L);
  }
}
