package dev.gatehouse.nodes;

/** Has the operator cordon, open and empty nodes. Calls block on the cluster. */
public interface NodeControl {
  /** Returns how far the operator is with each wish. */
  NodeTasks tasks();

  /**
   * Tells the operator; it takes the place of an earlier wish of the same node.
   *
   * @return the wish as it was written: its time may be a later one
   */
  NodeWish wish(NodeWish wish);
}
