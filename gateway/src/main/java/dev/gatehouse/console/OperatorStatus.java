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
   * @param tried the last request to try again that it has done all it can for
   */
  record Report(
      long revision, Optional<Instant> since, List<Part> parts, Optional<Instant> tried) {}

  /**
   * One part of the platform.
   *
   * @param name such as {@code gatehouse}
   * @param state {@code applied}, {@code applying}, {@code waiting}, {@code refused} or {@code
   *     failed}
   * @param since when it came to be so
   * @param message empty if there is nothing to say
   */
  record Part(String name, String state, Instant since, String message) {
    /** Whether the operator is at work on it. */
    public boolean isChanging() {
      return state.equals("applying");
    }
  }

  /** Returns the report, or empty if no operator has ever reported. */
  Optional<Report> report();

  /**
   * Has the operator try again at once what it could not do.
   *
   * @return the request, which a later {@link Report#tried} answers
   */
  Instant tryAgain();
}
