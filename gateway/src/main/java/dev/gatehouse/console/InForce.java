package dev.gatehouse.console;

import dev.gatehouse.cluster.Unapplied;
import java.util.List;
import java.util.Optional;

/** What of the definition this gateway works by. */
public interface InForce {
  /** Returns the number of the revision that is in force; 0 if it has none. */
  long revision();

  /** Returns the keys whose value in that revision is not in force, and what it waits for. */
  List<Unapplied> unapplied();

  /** Returns those of {@link #unapplied} that wait for a restart. */
  List<String> restartNeeded();

  /** Returns the mistakes, one a line, of a later revision, which is therefore not in force. */
  Optional<String> refused();
}
