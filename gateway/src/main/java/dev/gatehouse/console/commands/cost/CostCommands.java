package dev.gatehouse.console.commands.cost;

import dev.gatehouse.console.CommandTable.Entry;
import dev.gatehouse.console.CommandTable.Group;
import java.util.List;

/** Commands on money. */
public final class CostCommands {
  public static final Group GROUP =
      new Group("", "What it costs", List.of(new Entry(Cost.ABOUT, Cost::new)));

  private CostCommands() {}
}
