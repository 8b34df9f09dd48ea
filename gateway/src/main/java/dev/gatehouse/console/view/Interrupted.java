package dev.gatehouse.console.view;

/** The person pressed Ctrl-C; the message says what that has ended and what it has not. */
public final class Interrupted extends RuntimeException {
  /** What a shell gives a process that SIGINT ended: 128 + 2. */
  public static final int STATUS = 130;

  public Interrupted(String message) {
    super(message, null, false, false);
  }
}
