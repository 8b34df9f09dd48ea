package dev.gatehouse.cluster.revisions;

import java.util.List;
import java.util.function.Consumer;

/**
 * Keeps the text of the definition and its last 100 revisions. Everything blocks, and throws {@link
 * dev.gatehouse.failure.FailureException} when the store does not answer.
 */
public interface DefinitionStore extends AutoCloseable {
  /** How many revisions are kept. */
  int KEPT = 100;

  Revision current();

  /** The newest first, the current one included. */
  List<Revision> history();

  /**
   * Makes a text the current one. It was read and checked before.
   *
   * @param base the number of the revision that the text was made from
   * @throws dev.gatehouse.failure.FailureException {@code definition-conflict}, if somebody else
   *     has changed it since
   */
  Revision change(long base, String text, Author author);

  /**
   * Tells each new revision, in order and from a thread of its own, until this is closed: the
   * current one first. While the store does not answer, nothing is told. A store that can be asked
   * to have the current one tried again tells that one again.
   */
  void follow(Consumer<Revision> follower);

  @Override
  void close();
}
