package dev.gatehouse.console;

import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;

/** The number by which commands name a connection. */
public record SessionNumber(long value) {
  static SessionNumber parse(String text) {
    if (!text.matches("[1-9][0-9]{0,17}")) {
      throw UserError.usage(
          "%s is not the number of a session; 'gate session list' shows them"
              .formatted(Quote.of(text)));
    }
    return new SessionNumber(Long.parseLong(text));
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
