package dev.gatehouse.name;

import dev.gatehouse.failure.UserError;
import java.util.regex.Pattern;

/** The one place that says how a malformed name is refused. */
final class Names {
  private static final int SHOWN = 40;

  private Names() {}

  static String check(String kind, Pattern form, String rule, String value) {
    if (!form.matcher(value).matches()) {
      throw UserError.usage("%s %s is not valid: %s".formatted(kind, quote(value), rule));
    }
    return value;
  }

  /**
   * Hostile input may reach a screen or a log from here: only printable ASCII passes, and little of
   * it.
   */
  private static String quote(String value) {
    var shown = new StringBuilder("'");
    value
        .codePoints()
        .limit(SHOWN)
        .forEach(c -> shown.append(c >= ' ' && c < 0x7f && c != '\'' ? (char) c : '?'));
    return shown.append(value.codePointCount(0, value.length()) > SHOWN ? "…'" : "'").toString();
  }
}
