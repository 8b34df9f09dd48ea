package dev.gatehouse.console;

import java.util.List;

/** What of the definition this gateway works by. */
public interface InForce {
  /** Returns the number of the revision that is in force. */
  long revision();

  /** Returns the keys whose value in that revision needs a restart, and is not in force yet. */
  List<String> restartNeeded();
}
