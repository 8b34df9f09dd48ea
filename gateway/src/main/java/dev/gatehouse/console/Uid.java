package dev.gatehouse.console;

import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import java.util.Set;
import java.util.regex.Pattern;

/** A number that somebody may be given by hand: none of the system's own, in any image. */
public record Uid(int number) {
  private static final Pattern FORM = Pattern.compile("[1-9][0-9]{0,9}");
  private static final int FIRST = 1000;

  /** {@code nobody}, and -1 in 16 bits. */
  private static final Set<Long> NEVER = Set.of(65534L, 65535L);

  /**
   * @throws UserError if nobody may have it
   */
  public static Uid parse(String word) {
    var number = FORM.matcher(word).matches() ? Long.parseLong(word) : 0;
    if (number < FIRST || number > Integer.MAX_VALUE || NEVER.contains(number)) {
      throw UserError.usage(
          "uid %s is not valid: it is from %d to %d, and not 65534 or 65535"
              .formatted(Quote.of(word), FIRST, Integer.MAX_VALUE));
    }
    return new Uid((int) number);
  }
}
