package dev.gatehouse;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line of the program. */
@Command(
    name = "gatehouse",
    description = "An SSH gateway to a data-science platform.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {ServeCommand.class, TryCommand.class, TrainCommand.class},
    synopsisSubcommandLabel = "COMMAND")
final class Main implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

  @Spec private @Nullable CommandSpec spec;

  private Main() {}

  public static void main(String[] args) {
    var commandLine = new CommandLine(new Main());
    commandLine.setExecutionExceptionHandler((e, command, parsed) -> explain(e, command));
    commandLine.setParameterExceptionHandler(Main::misused);
    System.exit(commandLine.execute(args));
  }

  /** Without a command there is nothing to do but to say which there are. */
  @Override
  public Integer call() {
    var command = Objects.requireNonNull(spec).commandLine();
    command.usage(command.getErr());
    return ExitCode.USAGE.status();
  }

  private static int misused(ParameterException e, String[] args) {
    var command = e.getCommandLine();
    var status = say(command, Quote.plain(problem(e)), ExitCode.USAGE);
    command.getErr().println(command.getHelp().fullSynopsis().strip());
    return status;
  }

  private static String problem(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
      var known = e.getCommandLine().getSubcommands().keySet();
      var word = Quote.of(unmatched.getUnmatched().getFirst());
      return known.isEmpty()
          ? "unexpected argument " + word
          : "unknown command %s; there is %s".formatted(word, String.join(", ", known));
    }
    return String.valueOf(e.getMessage());
  }

  private static int explain(Exception e, CommandLine command) {
    return switch (e) {
      case UserError mistake -> say(command, mistake.text(), mistake.exit());
      case FailureException failed ->
          say(command, failed.failure().line(), failed.failure().exit());
      default -> {
        LOG.error("[gateway-broken] the gateway could not start", e);
        yield say(command, "this is a mistake of ours; the log above says more", ExitCode.SOFTWARE);
      }
    };
  }

  private static int say(CommandLine command, String text, ExitCode exit) {
    text.lines().forEach(line -> command.getErr().println("gatehouse: " + line));
    return exit.status();
  }
}
