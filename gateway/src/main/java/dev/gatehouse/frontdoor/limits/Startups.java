package dev.gatehouse.frontdoor.limits;

import dev.gatehouse.cluster.Limits;
import dev.gatehouse.cluster.Limits.MaxStartups;
import dev.gatehouse.net.Cidr;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * Counts the connections that have not logged in (MaxStartups, PerSourceMaxStartups). A client's
 * address may be known later than its connection, behind a load balancer: so the two counts are
 * entered one after the other.
 */
final class Startups {
  private final Supplier<Limits> limits;
  private final DoubleSupplier chance;
  private final Map<Cidr, Integer> bySource = new HashMap<>();
  private int total;

  /**
   * @param chance from 0 to below 1, each time another
   */
  Startups(Supplier<Limits> limits, DoubleSupplier chance) {
    this.limits = limits;
    this.chance = chance;
  }

  /** Takes one in, unless there are too many. */
  synchronized boolean enter() {
    if (chance.getAsDouble() < refusal(limits.get().maxStartups(), total)) {
      return false;
    }
    total++;
    return true;
  }

  synchronized void leave() {
    total--;
  }

  /** Takes one in from this source, unless it has too many. */
  synchronized boolean enter(Cidr source) {
    var mine = bySource.getOrDefault(source, 0);
    if (mine >= limits.get().perSourceMaxStartups()) {
      return false;
    }
    bySource.put(source, mine + 1);
    return true;
  }

  synchronized void leave(Cidr source) {
    bySource.computeIfPresent(source, (_, mine) -> mine > 1 ? mine - 1 : null);
  }

  synchronized int total() {
    return total;
  }

  /** The probability with which one more is refused: linear between start and full. */
  static double refusal(MaxStartups most, int present) {
    if (present < most.start()) {
      return 0;
    }
    if (present >= most.full()) {
      return 1;
    }
    var least = most.rate() / 100.0;
    return least + (1 - least) * (present - most.start()) / (most.full() - most.start());
  }
}
