package dev.gatehouse.cost;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Prices that a cloud tells, as text between the operator, which asks for them, and the gateways.
 */
public final class PricesText {
  /** The ConfigMap, and its key. */
  public static final String CONFIG_MAP = "gatehouse-status";

  public static final String KEY = "prices.json";

  private static final JsonMapper JSON = JsonMapper.shared();

  private record Price(@Nullable String onDemand, @Nullable String spot) {}

  private record Text(Map<String, Price> prices) {}

  private PricesText() {}

  public static String of(Map<String, ToldPrice> prices) {
    var all = new TreeMap<String, Price>();
    prices.forEach((type, p) -> all.put(type, new Price(text(p.onDemand()), text(p.spot()))));
    return JSON.writeValueAsString(new Text(all));
  }

  /** Empty if it is none: another version may have written it. */
  public static Map<String, ToldPrice> read(String text) {
    try {
      var prices = new TreeMap<String, ToldPrice>();
      JSON.readValue(text, Text.class)
          .prices()
          .forEach(
              (type, p) -> prices.put(type, new ToldPrice(number(p.onDemand()), number(p.spot()))));
      return Map.copyOf(prices);
    } catch (JacksonException | NullPointerException | NumberFormatException e) {
      return Map.of();
    }
  }

  private static @Nullable String text(Optional<BigDecimal> price) {
    return price.map(BigDecimal::toPlainString).orElse(null);
  }

  private static Optional<BigDecimal> number(@Nullable String text) {
    return Optional.ofNullable(text).map(BigDecimal::new);
  }
}
