package dev.gatehouse.console;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

final class LogLevel implements Command {
  static final About ABOUT =
      new About(
          "log level",
          Access.ADMINISTRATOR,
          "Show how much is logged, or change it until the next restart",
          "log level",
          "log level debug");

  @Parameters(
      arity = "0..1",
      paramLabel = "LEVEL",
      description = "One of ${COMPLETION-CANDIDATES}.")
  private LogLevels.@Nullable Level level;

  @Override
  public void run(Call call) {
    var levels = call.services().logLevels();
    if (level != null) {
      levels.set(level);
      call.audit("log level " + level);
    }
    call.show(
        Result.Details.of(
            Result.field("level", Value.of(levels.level().name().toLowerCase(Locale.ROOT)))));
  }
}
