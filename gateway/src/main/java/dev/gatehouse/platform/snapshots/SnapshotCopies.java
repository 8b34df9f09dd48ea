package dev.gatehouse.platform.snapshots;

import java.time.Instant;
import java.util.List;

/** The port behind which a cloud keeps copies of snapshots in another region. Calls block. */
public interface SnapshotCopies {
  /**
   * A snapshot of a home.
   *
   * @param handle what the cloud calls it
   * @param home the name of the claim
   */
  record Source(String handle, String home, Instant taken) {}

  /**
   * A copy of one.
   *
   * @param id what the cloud calls the copy
   * @param ready whether all of it is there
   */
  record Copy(String id, Source source, boolean ready) {}

  /** Returns the copies of this cluster's snapshots that are in the region. */
  List<Copy> in(String region);

  /** Begins to copy one. A call whose answer is lost makes no second copy. */
  void copy(Source source, String region) throws InterruptedException;

  /** Deletes a copy for ever. */
  void delete(Copy copy, String region);
}
