package dev.gatehouse.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * What a part of nodes' time costs. It is kept as price an hour times thousandths of a node for a
 * second, which is exact, and divided only when somebody wants to see money: so parts always add up
 * to their sum.
 *
 * @param milliPrice that product, of nodes whose price is known
 * @param unpricedMillis thousandths of a node for a second, of nodes whose price nobody knows
 */
public record Charge(BigDecimal milliPrice, long unpricedMillis) {
  public static final Charge NONE = new Charge(BigDecimal.ZERO, 0);

  private static final BigDecimal MILLIS_OF_AN_HOUR = BigDecimal.valueOf(3_600_000);
  private static final int CENTS = 2;

  public static Charge of(long nodeMillis, Optional<BigDecimal> price) {
    return price
        .map(p -> new Charge(p.multiply(BigDecimal.valueOf(nodeMillis)), 0))
        .orElseGet(() -> new Charge(BigDecimal.ZERO, nodeMillis));
  }

  public Charge plus(Charge other) {
    return new Charge(milliPrice.add(other.milliPrice), unpricedMillis + other.unpricedMillis);
  }

  /** Whether there is nothing but what has no price: it costs something, and nobody knows what. */
  public boolean isUnpriced() {
    return unpricedMillis > 0 && milliPrice.signum() == 0;
  }

  /** To the cent, of what has a price. */
  public BigDecimal money() {
    return milliPrice.divide(MILLIS_OF_AN_HOUR, CENTS, RoundingMode.HALF_UP);
  }

  /** Whether as much as that is spent, exactly. */
  public boolean reaches(BigDecimal money) {
    return milliPrice.compareTo(money.multiply(MILLIS_OF_AN_HOUR)) >= 0;
  }

  /** In words, such as {@code 12.30 USD}; what has no price is named, and never shown as 0. */
  public String text(String currency) {
    var money = money().toPlainString() + " " + currency;
    if (unpricedMillis == 0) {
      return money;
    }
    return isUnpriced() ? "no price known" : money + ", and what has no price known";
  }
}
