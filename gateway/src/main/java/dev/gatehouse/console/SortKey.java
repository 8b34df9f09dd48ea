package dev.gatehouse.console;

import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** By what a live list is sorted. */
public enum SortKey {
  CPU("CPU"),
  MEMORY("memory"),
  SESSIONS("sessions"),
  AGE("age"),
  NAME("name");

  private final String title;

  SortKey(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }

  /** The key on the keyboard that chooses it. */
  public String key() {
    return word().substring(0, 1);
  }

  public static Optional<SortKey> ofKey(String key) {
    return Arrays.stream(values()).filter(s -> s.key().equals(key)).findFirst();
  }

  static SortKey parse(String word) {
    return Stream.of(values())
        .filter(s -> s.word().equalsIgnoreCase(word))
        .findFirst()
        .orElseThrow(
            () ->
                UserError.usage(
                    "%s is nothing to sort by; take one of %s"
                        .formatted(Quote.of(word), String.join(", ", words()))));
  }

  static List<String> words() {
    return Stream.of(values()).map(SortKey::word).toList();
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
