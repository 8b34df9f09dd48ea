package dev.gatehouse.console.commands.snapshot;

import dev.gatehouse.console.view.Line;
import dev.gatehouse.console.view.Quantity;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Table;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.workspace.HomeSnapshot;
import java.util.List;

/** How snapshots are shown, in every command the same. */
final class SnapshotView {
  private SnapshotView() {}

  static Table table(List<HomeSnapshot> snapshots, String whenEmpty) {
    return Table.of(snapshots)
        .column("name", Table.Fit.WHOLE, s -> Value.of(s.name()))
        .column("taken", s -> new Value.Moment(s.taken()))
        .column("state", SnapshotView::state)
        .column("made", Table.Fit.SPARE, s -> Value.of(made(s)))
        .column("size", Table.Fit.SPARE, SnapshotView::size)
        .column(
            "problem", Table.Fit.WRAP, s -> s.problem().map(Value::of).orElseGet(Value.None::new))
        .whenEmpty(whenEmpty);
  }

  static Result.Details details(HomeSnapshot snapshot) {
    return Result.Details.of(
        Result.field("name", Value.of(snapshot.name())),
        Result.field("owner", Value.of(snapshot.owner())),
        Result.field("taken", new Value.Moment(snapshot.taken())),
        Result.field("size", size(snapshot)));
  }

  private static Value state(HomeSnapshot snapshot) {
    if (snapshot.ready()) {
      return new Value.State("ready", Line.Style.GOOD);
    }
    return snapshot.problem().isPresent()
        ? new Value.State("failing", Line.Style.BAD)
        : new Value.State("pending", Line.Style.BUSY);
  }

  private static String made(HomeSnapshot snapshot) {
    return switch (snapshot.origin()) {
      case PERSON -> "by hand";
      case SCHEDULE -> "by schedule";
      case RESTORE -> "before a restore";
      case DELETION -> "before a deletion";
    };
  }

  private static Value size(HomeSnapshot snapshot) {
    return snapshot.size().map(Quantity::bytes).orElseGet(Value.None::new);
  }
}
