package dev.gatehouse.console.commands.snapshot;

import dev.gatehouse.console.CommandTable.Entry;
import dev.gatehouse.console.CommandTable.Group;
import java.util.List;

/** Commands on snapshots of homes. */
public final class SnapshotCommands {
  public static final Group GROUP =
      new Group(
          "snapshot",
          "What your home was at a moment",
          List.of(
              new Entry(SnapshotList.ABOUT, SnapshotList::new),
              new Entry(SnapshotCreate.ABOUT, SnapshotCreate::new),
              new Entry(SnapshotRestore.ABOUT, SnapshotRestore::new),
              new Entry(SnapshotDelete.ABOUT, SnapshotDelete::new)));

  private SnapshotCommands() {}
}
