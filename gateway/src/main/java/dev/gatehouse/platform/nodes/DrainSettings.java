package dev.gatehouse.platform.nodes;

import java.time.Duration;

/**
 * How nodes are emptied.
 *
 * @param warning how long before their pods leave people are told
 * @param atOnce how many at a time
 * @param namespace of gateways and the operator
 * @param workspaces the namespace of the workspaces
 */
public record DrainSettings(Duration warning, int atOnce, String namespace, String workspaces) {
  /** Whether what is in it may leave with its {@code emptyDir}s: ours keep nothing there. */
  boolean isOurs(String podNamespace) {
    return podNamespace.equals(namespace) || podNamespace.equals(workspaces);
  }
}
