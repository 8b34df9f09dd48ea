package dev.gatehouse.cost;

import java.util.Map;
import java.util.Set;

/** A cloud that tells what its machines cost. */
@FunctionalInterface
public interface CloudPrices {
  /**
   * Returns what it tells of these instance types; one that it does not know is left out. Blocks.
   *
   * @throws dev.gatehouse.failure.FailureException if it cannot be asked, or does not let us
   */
  Map<String, ToldPrice> of(Set<String> instanceTypes);
}
