package dev.gatehouse.cluster;

import dev.gatehouse.name.MachineTypeName;
import java.time.Duration;

/**
 * @param defaultType the machine type of the workspace {@code main}
 * @param startTimeout how long a start may take before it counts as failed
 * @param perPerson how many workspaces one person may have
 * @param idle for machine types that say nothing of it
 * @param drainWarning how long before a node is emptied the people on it are told
 * @param drainsAtOnce how many nodes are emptied at a time
 */
public record WorkspaceSettings(
    MachineTypeName defaultType,
    Duration startTimeout,
    int perPerson,
    IdlePolicy idle,
    Duration drainWarning,
    int drainsAtOnce) {
  public static final Duration DRAIN_WARNING = Duration.ofMinutes(10);
}
