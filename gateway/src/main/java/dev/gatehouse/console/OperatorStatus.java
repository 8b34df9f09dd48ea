package dev.gatehouse.console;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The operator, which makes a cluster what the definition says. Calls block on the cluster. */
public interface OperatorStatus {
  /**
   * What the operator says of itself.
   *
   * @param revision the newest that it has seen
   * @param since when it last said something
   */
  record Report(long revision, Optional<Instant> since, List<Part> parts) {}

  /**
   * One part of the platform.
   *
   * @param name such as {@code gatehouse}
   * @param state such as {@code ready} or {@code waiting}
   * @param message empty if there is nothing to say
   */
  record Part(String name, String state, String message) {}

  /** Returns the report, or empty if no operator has ever reported. */
  Optional<Report> report();

  /** Has the operator try again at once what it could not do. */
  void tryAgain();
}
