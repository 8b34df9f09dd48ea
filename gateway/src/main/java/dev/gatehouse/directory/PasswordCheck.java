package dev.gatehouse.directory;

/** The answer to "is this their password?". */
public sealed interface PasswordCheck {
  record Right() implements PasswordCheck {}

  /** Wrong, or nobody of that name, or one who has no password. */
  record Wrong() implements PasswordCheck {}

  /**
   * @param why for the log; may name servers
   */
  record Unavailable(String why) implements PasswordCheck {}
}
