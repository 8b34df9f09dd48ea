package dev.gatehouse.failure;

/**
 * A person's mistake: its message is written for that person, says what, where and what to do, and
 * is shown as it is. It carries no stack trace, because the mistake is not in our code.
 */
public final class UserError extends RuntimeException {
  private final ExitCode exit;

  public UserError(ExitCode exit, String message) {
    super(message, null, false, false);
    this.exit = exit;
  }

  public static UserError usage(String message) {
    return new UserError(ExitCode.USAGE, message);
  }

  public ExitCode exit() {
    return exit;
  }

  /** The message; unlike {@link #getMessage} it is never null. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
