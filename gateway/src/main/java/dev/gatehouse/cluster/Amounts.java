package dev.gatehouse.cluster;

import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import java.time.Duration;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Readers of numbers, times and sizes; they throw as {@link Values}' do. */
final class Amounts {
  /** Only plain decimals: YAML 1.1 also takes 022, 0x16, 2_2 and 1:30 for numbers. */
  private static final Pattern DECIMAL = Pattern.compile("0|-?[1-9][0-9]{0,8}");

  private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,5})([smh])");
  private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,8})([KMG]?)");
  private static final String UNITS = "KMG";

  private Amounts() {}

  static Function<ScalarNode, Integer> integer(int least, int most) {
    return node -> {
      var value = node.getValue();
      if (!node.getTag().equals(Tag.INT) || !DECIMAL.matcher(value).matches()) {
        throw outside("whole number", least, most, value);
      }
      var number = Integer.parseInt(value);
      if (number < least || number > most) {
        throw outside("whole number", least, most, value);
      }
      return number;
    };
  }

  static Function<ScalarNode, Duration> duration(Duration least, Duration most) {
    return node -> {
      var duration = duration(match(DURATION, node, "a duration such as 90s, 5m or 1h"));
      if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
        throw outside("duration", show(least), show(most), node.getValue());
      }
      return duration;
    };
  }

  /** As a duration, and {@code 0s} for none. */
  static Function<ScalarNode, Duration> durationOrNone(Duration least, Duration most) {
    return node -> node.getValue().equals("0s") ? Duration.ZERO : duration(least, most).apply(node);
  }

  /** A number of bytes: 4096, 64K, 16M, 1G. */
  static Function<ScalarNode, Long> bytes(long least, long most) {
    return node -> {
      var match = match(SIZE, node, "a number of bytes such as 4096, 64K, 16M or 1G");
      var unit = match.group(2).isEmpty() ? -1 : UNITS.indexOf(match.group(2));
      var bytes = Long.parseLong(match.group(1)) << (10 * (unit + 1));
      if (bytes < least || bytes > most) {
        throw outside("number of bytes", show(least), show(most), node.getValue());
      }
      return bytes;
    };
  }

  /**
   * @param form what is expected, for a sentence that begins with "must be"
   */
  static MatchResult match(Pattern pattern, ScalarNode node, String form) {
    var match = pattern.matcher(node.getValue());
    if (!match.matches()) {
      throw UserError.usage("must be %s, not %s".formatted(form, Quote.of(node.getValue())));
    }
    return match;
  }

  /** As it is written in the definition. */
  static String show(Duration duration) {
    var seconds = duration.toSeconds();
    if (seconds % 3600 == 0 && seconds > 0) {
      return seconds / 3600 + "h";
    }
    return seconds % 60 == 0 && seconds > 0 ? seconds / 60 + "m" : seconds + "s";
  }

  private static Duration duration(MatchResult match) {
    var number = Long.parseLong(match.group(1));
    return switch (match.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }

  private static String show(long bytes) {
    var unit = Math.min(Long.numberOfTrailingZeros(bytes) / 10, UNITS.length());
    return (bytes >> (10 * unit)) + (unit == 0 ? "" : UNITS.substring(unit - 1, unit));
  }

  private static UserError outside(String kind, Object least, Object most, String value) {
    return UserError.usage(
        "must be a %s from %s to %s, not %s".formatted(kind, least, most, Quote.of(value)));
  }
}
