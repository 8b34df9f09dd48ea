package dev.gatehouse.console.commands.penalty;

import dev.gatehouse.console.CommandTable.Entry;
import dev.gatehouse.console.CommandTable.Group;
import java.util.List;

/** Commands on penalties of source addresses. */
public final class PenaltyCommands {
  public static final Group GROUP =
      new Group(
          "penalty",
          "Sources that misbehaved",
          List.of(
              new Entry(PenaltyList.ABOUT, PenaltyList::new),
              new Entry(PenaltyClear.ABOUT, PenaltyClear::new)));

  private PenaltyCommands() {}
}
