package dev.gatehouse.console;

import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import java.util.regex.Pattern;

/** The number of a revision of the definition, as a person types it. */
public record RevisionNumber(long value) {
  private static final Pattern FORM = Pattern.compile("[0-9]{1,18}");

  /**
   * @throws UserError if it is no number
   */
  static RevisionNumber parse(String word) {
    if (!FORM.matcher(word).matches()) {
      throw UserError.usage(
          "%s is no revision; 'gate cluster history' lists them".formatted(Quote.of(word)));
    }
    return new RevisionNumber(Long.parseLong(word));
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
