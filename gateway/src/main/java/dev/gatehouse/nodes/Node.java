package dev.gatehouse.nodes;

import java.util.List;
import java.util.Optional;

/**
 * One machine of the cluster.
 *
 * @param cordoned whether nothing new is placed on it
 * @param pressures what it is short of, such as {@code memory}
 * @param allocatable what pods may have of it
 * @param requested what the platform's pods on it were promised; who tells may not see others'
 * @param used what all of its pods take; empty where nobody measures it
 * @param pods how many of the platform's it has
 */
public record Node(
    String name,
    boolean ready,
    boolean cordoned,
    List<String> pressures,
    Amount allocatable,
    Amount requested,
    Optional<Amount> used,
    int pods) {

  public Node {
    pressures = List.copyOf(pressures);
  }

  /** In a word or two. */
  public String state() {
    if (!ready) {
      return "not ready";
    }
    if (!pressures.isEmpty()) {
      return String.join(", ", pressures) + " pressure";
    }
    return cordoned ? "cordoned" : "ready";
  }
}
