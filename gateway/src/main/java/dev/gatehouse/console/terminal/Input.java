package dev.gatehouse.console.terminal;

import dev.gatehouse.console.editor.Edited;
import dev.gatehouse.console.editor.Editing;
import java.time.Duration;
import java.util.Optional;

/**
 * What a person gives a command beyond its words. Calls block; Ctrl-C and the client's leaving end
 * them.
 */
public interface Input {
  /** The most that is read from a file or pipe, in bytes. */
  int MOST = 64 * 1024;

  /** The most of a file of many people, in bytes: ten thousand of them with their keys. */
  int MOST_OF_FILE = 8 * 1024 * 1024;

  /**
   * Asks on a terminal.
   *
   * @return empty where nobody can be asked, or nobody answers
   */
  Optional<String> ask(String question) throws InterruptedException;

  /**
   * Waits for a key, no longer than that.
   *
   * @return nothing if none was pressed; {@link Key#QUIT} once no more can come
   */
  Optional<Key> key(Duration within) throws InterruptedException;

  /**
   * Reads all of stdin; on a terminal one line, which is asked for and not shown.
   *
   * @throws dev.gatehouse.failure.UserError if it is more than {@link #MOST}, or a private key
   */
  String read(String question) throws InterruptedException;

  /**
   * Asks for a password, which is not shown.
   *
   * @return empty where it could not be hidden, or nobody answers
   */
  Optional<String> secret(String question) throws InterruptedException;

  /**
   * Reads all of stdin, which is a text file in UTF-8; on a terminal what is pasted, up to Ctrl-D.
   *
   * @return without a byte order mark, each line ended by {@code \n}
   * @throws dev.gatehouse.failure.UserError if it is more than {@link #MOST_OF_FILE}, not UTF-8, or
   *     a private key
   */
  String file() throws InterruptedException;

  /**
   * Reads all of stdin, down to the last character: a text in UTF-8 that is kept as it is.
   *
   * @param most in bytes
   * @throws dev.gatehouse.failure.UserError if it is more than that, not UTF-8, or a private key
   */
  String exactly(int most) throws InterruptedException;

  /**
   * Lets the person edit a text on their terminal.
   *
   * @throws dev.gatehouse.failure.UserError where there is no terminal, or none that can do it
   */
  Edited edit(Editing editing);
}
