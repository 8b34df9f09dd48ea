package dev.gatehouse.cost;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import java.time.YearMonth;
import java.util.Map;

/** Where the gateway learns what was used, and what a cloud says that it costs. All may block. */
public interface CostBook {
  /** For a platform where nobody counts, such as one without a cluster. */
  CostBook NOWHERE =
      new CostBook() {
        @Override
        public boolean counts() {
          return false;
        }

        @Override
        public Usage month(YearMonth month) {
          throw new FailureException(
              new Failure.Unavailable(
                  "usage-not-counted",
                  "nobody counts here what workspaces use: the operator of a cluster does"
                      + " (gatehouse apply)"));
        }

        @Override
        public Map<String, ToldPrice> told() {
          return Map.of();
        }
      };

  /** Whether anybody counts. */
  boolean counts();

  /**
   * What was used in a month of UTC; nothing if nobody counted then, or it is forgotten.
   *
   * @throws FailureException if it cannot be read
   */
  Usage month(YearMonth month);

  /** What a cloud tells of prices, by instance type; none where nobody has asked one. */
  Map<String, ToldPrice> told();
}
