package dev.gatehouse.name;

import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import java.util.regex.Pattern;

/** The one place that says how a malformed name is refused. */
final class Names {
  private Names() {}

  static String check(String kind, Pattern form, String rule, String value) {
    if (!form.matcher(value).matches()) {
      throw UserError.usage("%s %s is not valid: %s".formatted(kind, Quote.of(value), rule));
    }
    return value;
  }
}
