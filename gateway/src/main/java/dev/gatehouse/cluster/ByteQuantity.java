package dev.gatehouse.cluster;

import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import java.util.regex.Pattern;

/**
 * An amount of memory or storage, in Kubernetes' form. Two are equal if they are written alike;
 * {@link #compareTo} compares what they stand for.
 *
 * @param text such as {@code 512Mi}, {@code 4Gi} or {@code 1Ti}
 */
public record ByteQuantity(String text) implements Comparable<ByteQuantity> {
  private static final Pattern FORM = Pattern.compile("[1-9][0-9]{0,6}(Mi|Gi|Ti)");

  /** Each is 1024 of the one before; the first is 1024² bytes. */
  private static final String UNITS = "MGT";

  /**
   * @throws UserError if the text is malformed: the rest of a sentence that begins with its place
   */
  public ByteQuantity {
    if (!FORM.matcher(text).matches()) {
      throw UserError.usage(
          "must be a size such as 512Mi, 4Gi or 1Ti, not %s".formatted(Quote.of(text)));
    }
  }

  public long bytes() {
    var number = text.length() - "Mi".length();
    return Long.parseLong(text.substring(0, number))
        << (10 * (UNITS.indexOf(text.charAt(number)) + 2));
  }

  @Override
  public int compareTo(ByteQuantity other) {
    return Long.compare(bytes(), other.bytes());
  }

  @Override
  public String toString() {
    return text;
  }
}
