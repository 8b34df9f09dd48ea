package dev.gatehouse.console;

import dev.gatehouse.key.SshPublicKey;
import java.time.Instant;
import java.util.List;

/** The gateway's host keys and their rotation. Calls may block on the disk. */
public interface HostKeyring {
  /** Where a key is on its way. */
  enum State {
    /** Made, announced to clients and proven to them, but not yet used in a key exchange. */
    NEXT,
    /** Used in key exchanges. */
    CURRENT
  }

  record HostKey(SshPublicKey key, State state, Instant made) {}

  /** Current ones first. */
  List<HostKey> all();

  /**
   * Makes a next key for each current one that has none.
   *
   * @throws dev.gatehouse.failure.FailureException if it cannot be kept
   */
  void rotate();

  /**
   * The next keys become current, and the ones before them are gone.
   *
   * @throws dev.gatehouse.failure.UserError if there are none
   */
  void retire();
}
