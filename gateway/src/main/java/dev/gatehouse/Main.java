package dev.gatehouse;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.UserError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the program. */
@Command(
    name = "gatehouse",
    description = "An SSH gateway to a data-science platform.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = TryCommand.class,
    synopsisSubcommandLabel = "COMMAND")
final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

  private Main() {}

  public static void main(String[] args) {
    var commandLine = new CommandLine(new Main());
    commandLine.setExecutionExceptionHandler((e, command, parsed) -> explain(e, command));
    commandLine.setParameterExceptionHandler(Main::misused);
    System.exit(commandLine.execute(args));
  }

  private static int misused(CommandLine.ParameterException e, String[] args) {
    var command = e.getCommandLine();
    command.getErr().println("gatehouse: " + e.getMessage());
    command.getErr().println(command.getHelp().fullSynopsis().strip());
    return ExitCode.USAGE.status();
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
    command.getErr().println("gatehouse: " + text);
    return exit.status();
  }
}
