package dev.gatehouse.workspace;

import dev.gatehouse.directory.Person;
import dev.gatehouse.name.SnapshotName;
import dev.gatehouse.name.Username;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The port behind which snapshots of homes live. All implementations pass {@code
 * HomeSnapshotsContract}. A name leads to a snapshot of that person only.
 */
public interface HomeSnapshots {
  /** Returns those of a person's home, the newest first. May block. */
  List<HomeSnapshot> of(Username owner);

  /** Takes one, and completes when it can be restored from. Workspaces may run meanwhile. */
  CompletionStage<HomeSnapshot> create(Username owner);

  /** Deletes one for ever. */
  CompletionStage<Void> delete(Username owner, SnapshotName name);

  /**
   * Copies what a snapshot holds into a new folder of the home. Files of the home stay as they are.
   *
   * @return the folder, from the home on
   */
  CompletionStage<String> copy(Person owner, SnapshotName name);

  /**
   * Puts a snapshot in the place of the home, after a snapshot of what is there now. Refused while
   * one of the person's workspaces runs; none starts meanwhile. Nothing is lost wherever it is cut
   * off: the home is the one or the other, and the same call goes on.
   *
   * @return the snapshot of what was there; empty if there was no home
   */
  CompletionStage<Optional<HomeSnapshot>> replace(Username owner, SnapshotName name);
}
