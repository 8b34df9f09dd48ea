package dev.gatehouse.console.view;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Amounts as Kubernetes writes them, made into values. */
public final class Quantity {
  private static final Pattern BYTES = Pattern.compile("([0-9]{1,12})([KMGTP]i)?");
  private static final List<String> UNITS = List.of("Ki", "Mi", "Gi", "Ti", "Pi");
  private static final int MILLI = 3;

  private Quantity() {}

  /**
   * @param text such as {@code 2}, {@code 0.5} or {@code 500m}
   */
  public static Value cores(String text) {
    return new Value.Cores(
        text.endsWith("m")
            ? Long.parseLong(text.substring(0, text.length() - 1))
            : new BigDecimal(text).movePointRight(MILLI).longValue());
  }

  /**
   * @param text such as {@code 20Gi}; what is written in another way stays as it is
   */
  public static Value bytes(String text) {
    var match = BYTES.matcher(text);
    return match.matches()
        ? new Value.Bytes(Long.parseLong(match.group(1)) << (10 * power(match.group(2))))
        : Value.of(text);
  }

  private static int power(@Nullable String unit) {
    return unit == null ? 0 : UNITS.indexOf(unit) + 1;
  }
}
