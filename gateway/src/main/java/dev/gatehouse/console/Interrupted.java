package dev.gatehouse.console;

/** The person pressed Ctrl-C; the message says what that has ended and what it has not. */
final class Interrupted extends RuntimeException {
  /** What a shell gives a process that SIGINT ended: 128 + 2. */
  static final int STATUS = 130;

  Interrupted(String message) {
    super(message, null, false, false);
  }
}
