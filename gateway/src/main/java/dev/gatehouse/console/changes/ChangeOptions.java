package dev.gatehouse.console.changes;

import java.util.Optional;
import picocli.CommandLine.Option;

/** What every command takes that changes the definition. */
public final class ChangeOptions {
  @Option(
      names = {"-m", "--message"},
      paramLabel = "WHY",
      description = "Why, for the history.")
  private Optional<String> why = Optional.empty();

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  /** Returns the same, with a reason if the person gives none. */
  public ChangeOptions orElseWhy(String reason) {
    var other = new ChangeOptions();
    other.yes = yes;
    other.why = Optional.of(why().orElse(reason));
    return other;
  }

  public boolean yes() {
    return yes;
  }

  Optional<String> why() {
    return why.map(String::strip).filter(w -> !w.isEmpty());
  }
}
