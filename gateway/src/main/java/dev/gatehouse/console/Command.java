package dev.gatehouse.console;

/**
 * One console command: options and parameters as fields that picocli fills ({@code @Option},
 * {@code @Parameters}), and what it does. An object serves one call.
 */
public interface Command {
  /**
   * Does it, blocking the caller's virtual thread. Returning means exit status 0; anything else is
   * a {@link dev.gatehouse.failure.UserError} or a {@link dev.gatehouse.failure.FailureException}.
   *
   * @throws InterruptedException when the person pressed Ctrl-C while the command was blocked
   */
  void run(Call call) throws InterruptedException;
}
