package dev.gatehouse.frontdoor.limits;

import dev.gatehouse.cluster.Limits;
import dev.gatehouse.console.PenaltyBook;
import dev.gatehouse.net.Cidr;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Supplier;

/**
 * What sources are made to wait for (PerSourcePenalties; OpenSSH's srclimit.c). A penalty counts
 * once {@code min} has gathered, and then until it is over.
 */
public final class Penalties implements PenaltyBook {
  private static final Comparator<Entry> SOONEST = Comparator.comparing(entry -> entry.until);

  private static final class Entry {
    private final Cidr source;
    private Instant until;
    private Offence last;
    private boolean active;

    Entry(Cidr source, Instant until, Offence last) {
      this.source = source;
      this.until = until;
      this.last = last;
    }
  }

  private final Supplier<Limits> limits;
  private final InstantSource clock;
  private final Map<Cidr, Entry> bySource = new HashMap<>();

  /**
   * The one that is over first is first, and is the one to be forgotten when there are too many.
   */
  private final PriorityQueue<Entry> bySoonest = new PriorityQueue<>(SOONEST);

  public Penalties(Supplier<Limits> limits, InstantSource clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /** Whether connections from there are refused now. */
  synchronized boolean refuses(InetAddress address) {
    expire();
    var entry = bySource.get(source(address));
    return limits.get().perSourcePenalties().enabled() && entry != null && entry.active;
  }

  synchronized void add(InetAddress address, Offence offence) {
    var rules = limits.get().perSourcePenalties();
    if (!rules.enabled() || rules.exempt().stream().anyMatch(n -> n.contains(address))) {
      return;
    }
    expire();
    var now = clock.instant();
    var source = source(address);
    var before = bySource.get(source);
    var base = before == null ? now : before.until;
    var until = earlier(base.plus(offence.penalty(rules)), now.plus(rules.max()));
    var entry = new Entry(source, until, offence);
    entry.active =
        (before != null && before.active)
            || Duration.between(now, until).compareTo(rules.min()) >= 0;
    if (before != null) {
      bySoonest.remove(before);
    } else if (bySource.size() >= rules.maxSources()) {
      bySource.remove(bySoonest.remove().source);
    }
    bySource.put(source, entry);
    bySoonest.add(entry);
  }

  @Override
  public synchronized List<Penalty> list(int most) {
    expire();
    return bySource.values().stream()
        .sorted(SOONEST.reversed())
        .limit(most)
        .map(e -> new Penalty(e.source, e.until, e.last.key(), e.active))
        .toList();
  }

  @Override
  public synchronized int clear(Optional<InetAddress> address) {
    if (address.isEmpty()) {
      var count = bySource.size();
      bySource.clear();
      bySoonest.clear();
      return count;
    }
    var entry = bySource.remove(source(address.get()));
    if (entry != null) {
      bySoonest.remove(entry);
    }
    return entry == null ? 0 : 1;
  }

  /** How many sources are made to wait now. */
  public synchronized int active() {
    expire();
    return (int) bySource.values().stream().filter(e -> e.active).count();
  }

  private void expire() {
    var now = clock.instant();
    for (var first = bySoonest.peek();
        first != null && !first.until.isAfter(now);
        first = bySoonest.peek()) {
      bySource.remove(bySoonest.remove().source);
    }
  }

  private Cidr source(InetAddress address) {
    return Sources.of(address, limits.get().perSourceNetBlockSize());
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
