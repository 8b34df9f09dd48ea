package dev.gatehouse.cost;

import dev.gatehouse.cluster.CostSettings.Budget;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.YearMonth;
import java.time.format.TextStyle;
import java.util.Locale;

/**
 * How a budget stands.
 *
 * @param whose in words, such as {@code your budget} or {@code the budget of group ml}
 * @param key of the definition, for whoever wants to raise it
 * @param spent so far in the month
 */
public record Standing(String whose, String key, YearMonth month, Budget budget, Charge spent) {
  /** From this part on, people are told. */
  private static final BigDecimal TOLD = new BigDecimal("0.8");

  private static final int PERCENT = 100;

  public boolean isSpent() {
    return spent.reaches(budget.monthly());
  }

  /** Whether it is time to tell people. */
  public boolean isTold() {
    return spent.reaches(budget.monthly().multiply(TOLD));
  }

  /** Such as {@code 82 % of your budget for November is spent: 410.00 of 500 USD}. */
  public String text(String currency) {
    var how = isSpent() ? whose : percent() + " % of " + whose;
    return "%s for %s is spent: %s of %s %s"
        .formatted(
            how,
            month.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH),
            spent.money().toPlainString(),
            budget.monthly().toPlainString(),
            currency);
  }

  /** What follows from it, as the rest of the sentence; empty if nothing does. */
  public String consequence() {
    if (!isSpent()) {
      return "";
    }
    return switch (budget.whenSpent()) {
      case WARN -> "";
      case REFUSE_STARTS -> "; until %s no workspace starts".formatted(next());
      case STOP_IDLE ->
          "; until %s no workspace starts, and one that nobody uses for half an hour is stopped"
              .formatted(next());
    };
  }

  /** When there is a new one, such as {@code 1 December}. */
  public String next() {
    return "1 " + month.plusMonths(1).getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }

  /** Of a budget that is not spent, so not of one of nothing. */
  private int percent() {
    return spent
        .money()
        .multiply(BigDecimal.valueOf(PERCENT))
        .divide(budget.monthly(), 0, RoundingMode.DOWN)
        .intValue();
  }
}
