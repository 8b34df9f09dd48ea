package dev.gatehouse.workspace;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether this gateway is the one that does what only one should. For a moment two may believe so:
 * what they do must come to the same when it is done twice.
 */
@FunctionalInterface
public interface Leader {
  /** Since when, without a break; empty if it is another, or nobody knows. Does not block. */
  Optional<Instant> since();
}
