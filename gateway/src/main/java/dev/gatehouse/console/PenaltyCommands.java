package dev.gatehouse.console;

import dev.gatehouse.console.CommandTable.Entry;
import dev.gatehouse.console.CommandTable.Group;
import java.util.List;

/** Commands on penalties of source addresses. */
final class PenaltyCommands {
  static final Group GROUP =
      new Group(
          "penalty",
          "Sources that misbehaved",
          List.of(
              new Entry(PenaltyList.ABOUT, PenaltyList::new),
              new Entry(PenaltyClear.ABOUT, PenaltyClear::new)));

  private PenaltyCommands() {}
}
