package dev.gatehouse.console;

import dev.gatehouse.name.Username;
import dev.gatehouse.workspace.HomeSnapshots;
import dev.gatehouse.workspace.HomeSnapshotsContract;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;

/** The contract, by what the console's tests work on. */
final class FakeHomeSnapshotsTest extends HomeSnapshotsContract {
  private final HomeSnapshots snapshots =
      new FakeHomeSnapshots(new HashSet<>(Set.of(new Username("alice"))), InstantSource.system());

  @Override
  protected HomeSnapshots snapshots() {
    return snapshots;
  }
}
