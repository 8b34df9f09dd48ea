package dev.gatehouse.cost;

import java.time.LocalDate;

/**
 * What one person's workspaces of one machine type had of one kind of node on one day.
 *
 * @param day of UTC
 * @param person a user name; empty for the platform's own pods, such as gateways
 * @param machineType empty for the platform's own pods
 * @param seconds how long they ran, added up over the workspaces
 * @param idleSeconds how much of that nobody was connected and no process computed
 * @param nodeMillis how much of nodes they had: thousandths of a node for a second
 */
public record WorkspaceUse(
    LocalDate day,
    String person,
    String machineType,
    NodeKind node,
    long seconds,
    long idleSeconds,
    long nodeMillis) {

  /** Whether it is of no person: the platform itself has it. */
  public boolean isPlatforms() {
    return person.isEmpty();
  }
}
