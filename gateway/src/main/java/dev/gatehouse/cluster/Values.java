package dev.gatehouse.cluster;

import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.text.SafeText;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Readers of single values. Each throws {@link UserError} with the rest of a sentence that begins
 * with the value's path.
 */
final class Values {
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:%-]{1,253}");

  /** Not also yes, on and True, which YAML 1.1 takes and 1.2 does not. */
  private static final Set<String> FLAGS = Set.of("true", "false");

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

  static Boolean flag(ScalarNode node) {
    var value = node.getValue();
    if (!node.getTag().equals(Tag.BOOL) || !FLAGS.contains(value)) {
      throw UserError.usage("must be true or false, not " + Quote.of(value));
    }
    return value.equals("true");
  }

  /** One of the constants, written in small letters. */
  static <E extends Enum<E>> Function<ScalarNode, E> choice(E[] constants) {
    return word(constants, Values::lower);
  }

  /** One of the constants, in words that are not their names. */
  static <E extends Enum<E>> Function<ScalarNode, E> word(E[] constants, Function<E, String> word) {
    return node ->
        Arrays.stream(constants)
            .filter(c -> word.apply(c).equals(node.getValue()))
            .findFirst()
            .orElseThrow(
                () ->
                    UserError.usage(
                        "must be %s, not %s"
                            .formatted(
                                anyOf(Arrays.stream(constants).map(word).toList()),
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

  /** As {@link #asWritten}, in one line that may be empty. */
  static Function<ScalarNode, String> lineAsWritten(int most) {
    return node -> {
      var value = asWritten(node);
      if (value.length() > most || !isPrintable(value)) {
        throw UserError.usage(
            "must be one line of at most %d printable characters, not %s"
                .formatted(most, Quote.of(value)));
      }
      return value;
    };
  }

  /** Text, and nothing that YAML takes for a number: 1.30 would be 1.3 to other readers. */
  static String string(ScalarNode node) {
    if (!node.getTag().equals(Tag.STR)) {
      throw UserError.usage("must be text: put %s in quotes".formatted(node.getValue()));
    }
    return node.getValue();
  }

  private static boolean isPrintable(String line) {
    return line.codePoints().noneMatch(SafeText::steers);
  }

  private static String anyOf(List<String> words) {
    var last = words.size() - 1;
    return String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
