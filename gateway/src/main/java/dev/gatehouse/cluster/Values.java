package dev.gatehouse.cluster;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Readers of single values. Each throws {@link UserError} with the rest of a sentence that begins
 * with the value's path.
 */
final class Values {
  /** Only plain decimals: YAML 1.1 also takes 022, 0x16, 2_2 and 1:30 for numbers. */
  private static final Pattern DECIMAL = Pattern.compile("0|-?[1-9][0-9]{0,8}");

  private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,5})([smh])");
  private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,8})([KMG]?)");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:%-]{1,253}");

  private Values() {}

  /** One line for people to read. */
  static Function<ScalarNode, String> line(int most) {
    return node -> {
      var value = string(node);
      if (value.isBlank() || value.length() > most || !isPrintable(value)) {
        throw UserError.usage(
            "must be one line of 1 to %d printable characters, not %s"
                .formatted(most, Quote.of(value)));
      }
      return value;
    };
  }

  /** Lines for people to read. */
  static Function<ScalarNode, String> lines(int most) {
    return node -> {
      var value = string(node);
      if (value.length() > most
          || !value.lines().allMatch(l -> isPrintable(l.replace('\t', ' ')))) {
        throw UserError.usage(
            "must be at most %d printable characters, line breaks and tabs".formatted(most));
      }
      return value;
    };
  }

  static String host(ScalarNode node) {
    var value = string(node);
    if (!HOST.matcher(value).matches()) {
      throw UserError.usage(
          "must be an IP address or a host name, such as 127.0.0.1, '::' or 0.0.0.0, not "
              + Quote.of(value));
    }
    return value;
  }

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
      var match = DURATION.matcher(node.getValue());
      if (!match.matches()) {
        throw UserError.usage(
            "must be a duration such as 90s, 5m or 1h, not " + Quote.of(node.getValue()));
      }
      var number = Long.parseLong(match.group(1));
      var duration =
          switch (match.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
          };
      if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
        throw outside("duration", show(least), show(most), node.getValue());
      }
      return duration;
    };
  }

  /** As a duration, and {@code 0s} for never. */
  static Function<ScalarNode, Duration> durationOrNever(Duration least, Duration most) {
    return node -> node.getValue().equals("0s") ? Duration.ZERO : duration(least, most).apply(node);
  }

  /** A number of bytes: 4096, 64K, 16M, 1G. */
  static Function<ScalarNode, Long> bytes(long least, long most) {
    return node -> {
      var match = SIZE.matcher(node.getValue());
      if (!match.matches()) {
        throw UserError.usage(
            "must be a number of bytes such as 4096, 64K, 16M or 1G, not "
                + Quote.of(node.getValue()));
      }
      var bytes =
          Long.parseLong(match.group(1))
              << switch (match.group(2)) {
                case "K" -> 10;
                case "M" -> 20;
                case "G" -> 30;
                default -> 0;
              };
      if (bytes < least || bytes > most) {
        throw outside("number of bytes", least, most, node.getValue());
      }
      return bytes;
    };
  }

  static Boolean flag(ScalarNode node) {
    return switch (node.getValue()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw UserError.usage("must be true or false, not " + Quote.of(node.getValue()));
    };
  }

  /** One of the constants, written in small letters. */
  static <E extends Enum<E>> Function<ScalarNode, E> choice(E[] constants) {
    return node ->
        Arrays.stream(constants)
            .filter(c -> lower(c).equals(node.getValue()))
            .findFirst()
            .orElseThrow(
                () ->
                    UserError.usage(
                        "must be %s, not %s"
                            .formatted(
                                Arrays.stream(constants)
                                    .map(Values::lower)
                                    .collect(joining(" or ")),
                                Quote.of(node.getValue()))));
  }

  /** A name of a type whose constructor checks it. */
  static <T> Function<ScalarNode, T> name(Function<String, T> type) {
    return node -> {
      try {
        return type.apply(string(node));
      } catch (UserError e) {
        throw UserError.usage("is wrong: " + e.text());
      }
    };
  }

  /**
   * The text as written, whatever YAML takes it for: {@code 4}, {@code 1.10} and {@code no} in an
   * environment are the strings that stand there.
   */
  static String asWritten(ScalarNode node) {
    if (node.getValue().indexOf('\0') >= 0) {
      throw UserError.usage("must not hold a zero character");
    }
    return node.getValue();
  }

  private static String string(ScalarNode node) {
    if (!node.getTag().equals(Tag.STR)) {
      throw UserError.usage("must be text: put %s in quotes".formatted(node.getValue()));
    }
    return node.getValue();
  }

  private static boolean isPrintable(String line) {
    return line.codePoints()
        .noneMatch(
            c ->
                switch (Character.getType(c)) {
                  case Character.CONTROL,
                      Character.FORMAT,
                      Character.SURROGATE,
                      Character.LINE_SEPARATOR,
                      Character.PARAGRAPH_SEPARATOR,
                      Character.UNASSIGNED ->
                      true;
                  default -> false;
                });
  }

  private static UserError outside(String kind, Object least, Object most, String value) {
    return UserError.usage(
        "must be a %s from %s to %s, not %s".formatted(kind, least, most, Quote.of(value)));
  }

  private static String show(Duration duration) {
    return duration.toSeconds() % 3600 == 0 ? duration.toHours() + "h" : duration.toSeconds() + "s";
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
