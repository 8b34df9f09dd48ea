package dev.gatehouse.console.commands.cluster;

import dev.gatehouse.console.OperatorStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Goes through the states of one part once it is asked: one for each look at its report. */
public final class ScriptedOperator implements OperatorStatus {
  public static final Instant SINCE = Instant.parse("2026-11-24T09:59:00Z");

  private final List<Part> states;
  private int at;
  public int asked;

  /** Never answers a request. */
  boolean isSilent;

  public ScriptedOperator(Part... states) {
    this.states = List.of(states);
  }

  @Override
  public Optional<Report> report() {
    if (asked > 0 && at < states.size() - 1) {
      at++;
    }
    var isDone = asked > 0 && at == states.size() - 1 && !isSilent;
    return Optional.of(
        new Report(
            1,
            Optional.of(SINCE),
            List.of(states.get(at)),
            isDone ? Optional.of(SINCE.plusSeconds(asked)) : Optional.empty()));
  }

  @Override
  public Instant tryAgain() {
    asked++;
    return SINCE.plusSeconds(asked);
  }
}
