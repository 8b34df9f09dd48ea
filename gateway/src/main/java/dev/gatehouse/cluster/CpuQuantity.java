package dev.gatehouse.cluster;

import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * A number of cores, in Kubernetes' form. Two are equal if they are written alike; {@link
 * #compareTo} compares what they stand for.
 *
 * @param text such as {@code 2}, {@code 0.5} or {@code 500m}
 */
public record CpuQuantity(String text) implements Comparable<CpuQuantity> {
  private static final Pattern FORM =
      Pattern.compile(
          "[1-9][0-9]{0,3}|0\\.[0-9]{1,3}|[1-9][0-9]{0,3}\\.[0-9]{1,3}|[1-9][0-9]{0,6}m");

  /**
   * @throws UserError if the text is malformed: the rest of a sentence that begins with its place
   */
  public CpuQuantity {
    if (!FORM.matcher(text).matches()) {
      throw UserError.usage(
          "must be a number of cores such as 2, 0.5 or 500m, not %s".formatted(Quote.of(text)));
    }
  }

  /** Thousandths of a core. */
  public long millicores() {
    return text.endsWith("m")
        ? Long.parseLong(text.substring(0, text.length() - 1))
        : new BigDecimal(text).movePointRight(3).longValueExact();
  }

  @Override
  public int compareTo(CpuQuantity other) {
    return Long.compare(millicores(), other.millicores());
  }

  @Override
  public String toString() {
    return text;
  }
}
