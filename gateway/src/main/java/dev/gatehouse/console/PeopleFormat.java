package dev.gatehouse.console;

import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** In which people are carried from one directory to another. */
public enum PeopleFormat {
  /** RFC 4180, with a line of {@code PeopleColumn}s on top. */
  CSV,
  /** RFC 2849, with the attributes of RFC 2307. */
  LDIF;

  private static final Pattern BEGINS_LDIF = Pattern.compile("(?i)(dn|version):.*");

  static List<String> words() {
    return Stream.of(values()).map(PeopleFormat::word).toList();
  }

  static PeopleFormat parse(String word) {
    return Stream.of(values())
        .filter(f -> f.word().equalsIgnoreCase(word))
        .findFirst()
        .orElseThrow(
            () ->
                UserError.usage(
                    "%s is no format; take one of %s"
                        .formatted(Quote.of(word), String.join(", ", words()))));
  }

  /** What a text looks like. */
  public static PeopleFormat of(String text) {
    return text.lines()
            .filter(l -> !l.isBlank() && !l.startsWith("#"))
            .findFirst()
            .filter(l -> BEGINS_LDIF.matcher(l).matches())
            .isPresent()
        ? LDIF
        : CSV;
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
