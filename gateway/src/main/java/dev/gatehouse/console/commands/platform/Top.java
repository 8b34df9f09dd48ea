package dev.gatehouse.console.commands.platform;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.SortKey;
import dev.gatehouse.console.view.Interrupted;
import dev.gatehouse.console.view.Screen;
import dev.gatehouse.failure.UserError;
import java.time.Duration;
import picocli.CommandLine.Option;

final class Top implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "top",
          Access.ADMINISTRATOR,
          "Watch nodes, workspaces and connections and what they use; q ends it",
          "top",
          "top --sort memory --every 5",
          "top --json");

  private static final int SLOWEST = 60;

  @Option(
      names = "--sort",
      paramLabel = "KEY",
      description = "By what: cpu, memory, sessions, age or name. Default: cpu.")
  private SortKey order = SortKey.CPU;

  @Option(
      names = "--every",
      paramLabel = "SECONDS",
      description = "How often it is asked for anew, from 1 to 60. Default: 2.")
  private int seconds = 2;

  /** In a pipe, as JSON and on a terminal that cannot rewrite a line it is shown once. */
  @Override
  public void run(Call call) throws InterruptedException {
    if (seconds < 1 || seconds > SLOWEST) {
      throw UserError.usage("--every takes a number of seconds from 1 to " + SLOWEST);
    }
    if (call.format() == Screen.Format.TERMINAL && call.screen().look().live()) {
      watch(call);
    } else {
      var picture = new TopSource(call.services()).take();
      call.show(new TopResult(picture, call.services()).sorted(order));
      call.requireAll(picture.connections());
    }
  }

  private void watch(Call call) {
    try {
      new TopLoop(call, Duration.ofSeconds(seconds)).run(new TopChoice(order));
    } catch (InterruptedException | Interrupted e) {
      // Ctrl-C ends it as q does: it was no failure.
    }
  }
}
