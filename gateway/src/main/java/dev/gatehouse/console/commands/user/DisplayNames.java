package dev.gatehouse.console.commands.user;

import dev.gatehouse.failure.UserError;
import dev.gatehouse.text.SafeText;

/** What people are called. */
final class DisplayNames {
  private static final int LONGEST = 128;

  private DisplayNames() {}

  /**
   * Answers the name as it is.
   *
   * @throws UserError if it is too long, or could steer the terminal of whoever reads it
   */
  static String check(String name) {
    if (name.length() > LONGEST || !SafeText.of(name).equals(name)) {
      throw UserError.usage(
          "a name has at most %d characters, and no control characters".formatted(LONGEST));
    }
    return name.strip();
  }
}
