package dev.gatehouse.console.commands.pool;

import dev.gatehouse.console.CommandTable.Entry;
import dev.gatehouse.console.CommandTable.Group;
import java.util.List;

/** Commands on node pools. */
public final class PoolCommands {
  public static final Group GROUP =
      new Group(
          "pool",
          "Node pools",
          List.of(
              new Entry(PoolList.ABOUT, PoolList::new),
              new Entry(PoolShow.ABOUT, PoolShow::new),
              new Entry(PoolScale.ABOUT, PoolScale::new),
              new Entry(PoolAdd.ABOUT, PoolAdd::new),
              new Entry(PoolEdit.ABOUT, PoolEdit::new),
              new Entry(PoolRemove.ABOUT, PoolRemove::new)));

  private PoolCommands() {}
}
