package dev.gatehouse.console;

import dev.gatehouse.cost.By;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a bill has a line for, as a person writes it. */
public record BillOrder(By by) {
  static BillOrder parse(String word) {
    return Stream.of(By.values())
        .filter(by -> word(by).equalsIgnoreCase(word))
        .map(BillOrder::new)
        .findFirst()
        .orElseThrow(
            () ->
                UserError.usage(
                    "%s is nothing to add up by; take one of %s"
                        .formatted(Quote.of(word), String.join(", ", words()))));
  }

  static List<String> words() {
    return Stream.of(By.values()).map(BillOrder::word).toList();
  }

  private static String word(By by) {
    return by.name().toLowerCase(Locale.ROOT);
  }
}
