package dev.gatehouse.nodes;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One machine of the cluster.
 *
 * @param cordoned whether nothing new is placed on it
 * @param pressures what it is short of, such as {@code memory}
 * @param allocatable what pods may have of it
 * @param requested what the pods on it were promised, as far as who tells may see them
 * @param used what all of its pods take; empty where nobody measures it
 * @param pods how many it has, as far as who tells may see them
 */
public record Node(
    String name,
    boolean ready,
    boolean cordoned,
    List<String> pressures,
    Amount allocatable,
    Amount requested,
    Optional<Amount> used,
    int pods,
    NodeFacts facts) {

  public Node {
    pressures = List.copyOf(pressures);
    Objects.requireNonNull(facts);
  }

  /** Of which nothing else is known. */
  public Node(
      String name,
      boolean ready,
      boolean cordoned,
      List<String> pressures,
      Amount allocatable,
      Amount requested,
      Optional<Amount> used,
      int pods) {
    this(name, ready, cordoned, pressures, allocatable, requested, used, pods, NodeFacts.NONE);
  }

  /** What nobody has been promised. */
  public Amount room() {
    return allocatable.minus(requested);
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
