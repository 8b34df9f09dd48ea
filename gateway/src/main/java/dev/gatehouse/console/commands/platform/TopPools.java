package dev.gatehouse.console.commands.platform;

import dev.gatehouse.console.view.Line;
import dev.gatehouse.console.view.Table;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.nodes.PoolReport;
import dev.gatehouse.nodes.PoolReport.Entry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The pools in the live view, in one line, and as a result. */
record TopPools(PoolReport report, Instant now) {

  /** Empty where there are none, or what was told of them is old. */
  Optional<Line> line() {
    if (report.pools().isEmpty() || !report.isFresh(now)) {
      return Optional.empty();
    }
    var line = Line.of("pools:");
    report
        .pools()
        .forEach(pool -> line.add("  " + pool.name() + " ").add(style(pool), nodes(pool)));
    return Optional.of(line);
  }

  private static Line.Style style(Entry pool) {
    return !pool.issues().isEmpty()
        ? Line.Style.BAD
        : pool.isFull() ? Line.Style.BUSY : Line.Style.GOOD;
  }

  /** Ready ones, those that come, and the most: {@code 1+1/4}. */
  private static String nodes(Entry pool) {
    int coming = pool.desired().orElse(pool.ready()) - pool.ready();
    return pool.ready()
        + (coming > 0 ? "+" + coming : "")
        + pool.max().map(max -> "/" + max).orElse("")
        + (pool.issues().isEmpty() ? "" : " !");
  }

  static Table table(List<Entry> pools) {
    return Table.of(pools)
        .column("pool", p -> Value.of(p.name()))
        .column("ready", p -> new Value.Count(p.ready()))
        .column("desired", p -> count(p.desired()))
        .column("max", p -> count(p.max()))
        .column("made by", p -> Value.of(p.engine()))
        .column("issues", p -> Value.of(p.issues().stream().map(i -> i.sentence()).toList()))
        .whenEmpty("Pools are not known here.");
  }

  private static Value count(Optional<Integer> number) {
    return number.<Value>map(Value.Count::new).orElseGet(Value.None::new);
  }
}
