package dev.gatehouse.cluster;

import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * What nodes cost, and how much of it people may spend.
 *
 * @param currency three letters, as ISO 4217 has them
 * @param prices of a node for an hour, by instance type, or by pool for nodes without one
 * @param expensive the price of a workspace for an hour from which on it is said at its start
 */
public record CostSettings(
    String currency,
    NavigableMap<String, NodePrice> prices,
    BigDecimal expensive,
    Budgets budgets) {

  /** Without prices and without budgets. */
  public static final CostSettings DEFAULT =
      new CostSettings("USD", Collections.emptyNavigableMap(), BigDecimal.valueOf(5), Budgets.NONE);

  /**
   * Of one node for an hour.
   *
   * @param spot of one that the cloud may take away
   */
  public record NodePrice(Optional<BigDecimal> onDemand, Optional<BigDecimal> spot) {}

  /**
   * How much may be spent in a month of UTC.
   *
   * @param people of one person
   * @param groups of all members together
   * @param eachPerson of everybody who is not among {@code people}
   * @param everybody of all people together
   */
  public record Budgets(
      NavigableMap<Username, Budget> people,
      NavigableMap<GroupName, Budget> groups,
      Optional<Budget> eachPerson,
      Optional<Budget> everybody) {
    public static final Budgets NONE =
        new Budgets(
            Collections.emptyNavigableMap(),
            Collections.emptyNavigableMap(),
            Optional.empty(),
            Optional.empty());

    public boolean isEmpty() {
      return equals(NONE);
    }
  }

  /** An amount of money for a month. */
  public record Budget(BigDecimal monthly, WhenSpent whenSpent) {}

  /** What happens when all of a budget is spent; each of them does what the one before does too. */
  public enum WhenSpent {
    /** People are told at their login, as from 80 percent on. */
    WARN("warn"),
    /** No workspace is started. */
    REFUSE_STARTS("refuseStarts"),
    /** Workspaces that nobody uses are stopped soon. */
    STOP_IDLE("stopIdle");

    private final String word;

    WhenSpent(String word) {
      this.word = word;
    }

    /** As the definition writes it. */
    public String word() {
      return word;
    }
  }
}
