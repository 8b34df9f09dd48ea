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

  boolean yes() {
    return yes;
  }

  Optional<String> why() {
    return why.map(String::strip).filter(w -> !w.isEmpty());
  }
}
