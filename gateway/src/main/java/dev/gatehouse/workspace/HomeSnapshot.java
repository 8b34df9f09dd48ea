package dev.gatehouse.workspace;

import dev.gatehouse.name.SnapshotName;
import dev.gatehouse.name.Username;
import java.time.Instant;
import java.util.Optional;

/**
 * What a home was at one moment.
 *
 * @param size that a volume must have to hold it, as a Kubernetes quantity; empty until it is known
 * @param ready whether it can be restored from
 * @param problem what keeps it from being ready, in the storage's words
 */
public record HomeSnapshot(
    SnapshotName name,
    Username owner,
    Instant taken,
    Optional<String> size,
    Origin origin,
    boolean ready,
    Optional<String> problem) {

  /** For what it was made. */
  public enum Origin {
    /** Somebody wanted it. */
    PERSON,
    /** The schedule of the definition; of these alone the oldest go by themselves. */
    SCHEDULE,
    /** The home was replaced by another snapshot just after. */
    RESTORE,
    /** The home was deleted just after. */
    DELETION
  }
}
