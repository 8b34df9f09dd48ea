package dev.gatehouse.platform.usage;

import dev.gatehouse.cost.MonthUsage;
import dev.gatehouse.cost.NodeKind;
import dev.gatehouse.cost.NodeUse;
import dev.gatehouse.cost.Share;
import dev.gatehouse.cost.Usage;
import dev.gatehouse.cost.WorkspaceUse;
import dev.gatehouse.platform.usage.Sighting.Subject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The usage of one month, and up to when each pod and node has been counted in it. Counting is
 * idempotent: what was counted before is not counted again, whoever did it. Not safe for use by
 * several threads.
 */
final class Ledger {
  /**
   * For so long a counter is kept after its pod or node has gone: for an operator that is behind,
   * and still to tell that it saw it.
   */
  private static final Duration KEPT = Duration.ofHours(6);

  private final YearMonth month;
  private final Instant since;

  /** Counters that ended before this are forgotten. */
  private Instant forgotten;

  private final Map<String, Counter> counters;
  private final Map<WorkspaceKey, Sums> workspaces = new LinkedHashMap<>();
  private final Map<NodeKey, Sums> nodes = new LinkedHashMap<>();

  private record WorkspaceKey(LocalDate day, String person, String machineType, NodeKind node) {}

  private record NodeKey(LocalDate day, NodeKind node) {}

  private static final class Sums {
    private long seconds;
    private long idleSeconds;
    private long nodeMillis;
  }

  /**
   * An empty one.
   *
   * @param since what was before is not counted: nobody was there to see when it began
   */
  Ledger(YearMonth month, Instant since) {
    this(new MonthUsage(month, Usage.NONE), since, Instant.EPOCH, Map.of());
  }

  Ledger(MonthUsage usage, Instant since, Instant forgotten, Map<String, Counter> counters) {
    this.month = usage.month();
    this.since = since;
    this.forgotten = forgotten;
    this.counters = new TreeMap<>(counters);
    for (var use : usage.usage().workspaces()) {
      add(
          workspaces.computeIfAbsent(
              new WorkspaceKey(use.day(), use.person(), use.machineType(), use.node()),
              _ -> new Sums()),
          use.seconds(),
          use.idleSeconds(),
          use.nodeMillis());
    }
    for (var use : usage.usage().nodes()) {
      add(
          nodes.computeIfAbsent(new NodeKey(use.day(), use.node()), _ -> new Sums()),
          use.seconds(),
          0,
          0);
    }
  }

  YearMonth month() {
    return month;
  }

  Instant since() {
    return since;
  }

  Instant forgotten() {
    return forgotten;
  }

  Map<String, Counter> counters() {
    return counters;
  }

  boolean hasCounted(String uid) {
    return counters.containsKey(uid);
  }

  /** Sorted, so that alike rows are neighbours and pack well. */
  MonthUsage usage() {
    return new MonthUsage(
        month,
        new Usage(
            workspaces.entrySet().stream()
                .map(e -> use(e.getKey(), e.getValue()))
                .sorted(
                    Comparator.comparing(WorkspaceUse::day)
                        .thenComparing(WorkspaceUse::person)
                        .thenComparing(WorkspaceUse::machineType))
                .toList(),
            nodes.entrySet().stream()
                .map(e -> new NodeUse(e.getKey().day(), e.getKey().node(), e.getValue().seconds))
                .sorted(Comparator.comparing(NodeUse::day))
                .toList()));
  }

  private static WorkspaceUse use(WorkspaceKey key, Sums sums) {
    return new WorkspaceUse(
        key.day(),
        key.person(),
        key.machineType(),
        key.node(),
        sums.seconds,
        sums.idleSeconds,
        sums.nodeMillis);
  }

  /**
   * Counts what of these falls into this month and has not been counted.
   *
   * @param sets of workspaces, by name, for pods that have gone unseen
   * @param now up to when anything can have happened
   */
  void count(Collection<Sighting> sightings, Map<String, SetMarks> sets, Instant now) {
    var seen = new HashSet<String>();
    for (var sighting : sightings) {
      seen.add(sighting.uid());
      count(sighting);
    }
    for (var entry : counters.entrySet()) {
      if (!seen.contains(entry.getKey()) && !entry.getValue().over()) {
        entry.setValue(ended(entry.getValue(), sets, now));
      }
    }
    forget(now.minus(KEPT));
  }

  private void count(Sighting sighting) {
    var before = counters.get(sighting.uid());
    if (before == null && (!sighting.to().isAfter(forgotten) || !overlaps(sighting))) {
      return;
    }
    // A start that lies ahead is another machine's clock.
    var from =
        before == null
            ? latest(latest(earliest(sighting.from(), sighting.to()), since), start())
            : Instant.ofEpochSecond(before.until());
    var to = earliest(sighting.to(), end());
    add(sighting.subject(), from, to, sighting.usedUntil());
    counters.put(
        sighting.uid(),
        new Counter(
            latest(from, to).getEpochSecond(),
            sighting.subject(),
            sighting.usedUntil().getEpochSecond(),
            false));
  }

  private boolean overlaps(Sighting sighting) {
    return sighting.from().isBefore(end()) && !sighting.to().isBefore(start());
  }

  /** The last that was seen of it was no end: its StatefulSet may know when that was. */
  private Counter ended(Counter counter, Map<String, SetMarks> sets, Instant now) {
    var until = Instant.ofEpochSecond(counter.until());
    var marks = sets.get(counter.subject().workspace());
    var end =
        marks == null
            ? until
            : marks.endAfter(until).map(e -> earliest(earliest(e, now), end())).orElse(until);
    add(counter.subject(), until, end, Instant.ofEpochSecond(counter.usedUntil()));
    return new Counter(
        latest(until, end).getEpochSecond(), counter.subject(), counter.usedUntil(), true);
  }

  private void forget(Instant before) {
    if (before.isAfter(forgotten)) {
      forgotten = before;
      counters.values().removeIf(c -> c.over() && c.until() < before.getEpochSecond());
    }
  }

  private void add(Subject subject, Instant from, Instant to, Instant usedUntil) {
    var begin = from;
    while (begin.isBefore(to)) {
      var day = LocalDate.ofInstant(begin, ZoneOffset.UTC);
      var end = earliest(to, day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
      var seconds = Duration.between(begin, end).toSeconds();
      if (subject.whole()) {
        add(
            nodes.computeIfAbsent(new NodeKey(day, subject.node()), _ -> new Sums()),
            seconds,
            0,
            0);
      } else {
        add(
            workspaces.computeIfAbsent(
                new WorkspaceKey(day, subject.person(), subject.machineType(), subject.node()),
                _ -> new Sums()),
            seconds,
            Math.max(0, Duration.between(latest(begin, usedUntil), end).toSeconds()),
            seconds * subject.share() * 1000 / Share.WHOLE);
      }
      begin = end;
    }
  }

  private static void add(Sums sums, long seconds, long idleSeconds, long nodeMillis) {
    sums.seconds += seconds;
    sums.idleSeconds += idleSeconds;
    sums.nodeMillis += nodeMillis;
  }

  private Instant start() {
    return month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  private Instant end() {
    return month.plusMonths(1).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant earliest(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
