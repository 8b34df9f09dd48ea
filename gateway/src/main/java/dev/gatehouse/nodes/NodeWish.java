package dev.gatehouse.nodes;

import java.time.Instant;

/**
 * How somebody wants a node to be. The operator makes it so once; what others do with the node
 * later stays.
 *
 * @param by who wants it
 * @param from where they said so, such as {@code ssh from 192.0.2.7}
 * @param at when; no two wishes of a node have the same
 * @param now whether the people on it are not given time
 * @param force whether pods may go that nothing makes anew
 * @param deleteEmptyDirData whether pods may go that lose data on the node
 */
public record NodeWish(
    String node,
    Kind kind,
    String by,
    String from,
    Instant at,
    boolean now,
    boolean force,
    boolean deleteEmptyDirData) {
  /** What it shall be. */
  public enum Kind {
    /** Open to new pods. */
    OPEN,
    /** Closed to new pods. */
    CORDONED,
    /** Closed to new pods, and without those that it has. */
    DRAINED
  }
}
