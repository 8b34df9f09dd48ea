package dev.gatehouse.relay;

import dev.gatehouse.workspace.Endpoint;
import java.util.concurrent.CompletionStage;

/**
 * An SSH connection that has logged in at a workspace's sshd and can be kept until somebody needs
 * it. Calls may come on any thread and return at once.
 */
interface WarmConnection {
  /** Where it leads. */
  Endpoint endpoint();

  /** When it logged in, by {@link System#nanoTime}. */
  long since();

  boolean isOpen();

  /** Asks the sshd for a sign of life; false if there is none within a second. Never fails. */
  CompletionStage<Boolean> answers();

  void close();
}
