package dev.gatehouse.console;

import java.util.Optional;

/**
 * What a person gives a command beyond its words. Calls block; Ctrl-C and the client's leaving end
 * them.
 */
interface Input {
  /** The most that is read from a file or pipe, in bytes. */
  int MOST = 64 * 1024;

  /**
   * Asks on a terminal.
   *
   * @return empty where nobody can be asked, or nobody answers
   */
  Optional<String> ask(String question) throws InterruptedException;

  /**
   * Reads all of stdin; on a terminal one line, which is asked for and not shown.
   *
   * @throws dev.gatehouse.failure.UserError if it is more than {@link #MOST}, or a private key
   */
  String read(String question) throws InterruptedException;
}
