package dev.gatehouse.console.commands.log;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.LogLevels;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Value;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

final class LogLevel implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
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
