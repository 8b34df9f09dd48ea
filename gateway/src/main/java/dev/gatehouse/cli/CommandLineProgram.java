package dev.gatehouse.cli;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.install.Version;
import dev.gatehouse.platform.commands.AccountExamination;
import dev.gatehouse.platform.commands.ApplyCommand;
import dev.gatehouse.platform.commands.DestroyCommand;
import dev.gatehouse.platform.commands.PlanCommand;
import dev.gatehouse.platform.commands.RenderCommand;
import dev.gatehouse.platform.commands.RestoreCommand;
import dev.gatehouse.platform.operator.OperateCommand;
import dev.gatehouse.server.DoctorCommand;
import dev.gatehouse.server.ServeCommand;
import dev.gatehouse.trial.TryCommand;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line of the program, and what it says to mistakes. */
@Command(
    name = "gatehouse",
    description = "An SSH gateway to a data-science platform.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      ServeCommand.class,
      TryCommand.class,
      PlanCommand.class,
      ApplyCommand.class,
      RenderCommand.class,
      RestoreCommand.class,
      DestroyCommand.class,
      DoctorCommand.class,
      OperateCommand.class
    },
    synopsisSubcommandLabel = "COMMAND")
public final class CommandLineProgram implements Callable<Integer> {
  /** A gateway that serves knows no cloud: who examines it is told here. */
  private static final CommandLine.IFactory FACTORY =
      new CommandLine.IFactory() {
        @Override
        public <K> K create(Class<K> kind) throws Exception {
          return kind == DoctorCommand.class
              ? kind.cast(new DoctorCommand(AccountExamination::of))
              : CommandLine.defaultFactory().create(kind);
        }
      };

  @Spec private @Nullable CommandSpec spec;

  private CommandLineProgram() {}

  /** The commands, as they are typed. */
  public static CommandLine commandLine() {
    return new CommandLine(new CommandLineProgram(), FACTORY);
  }

  /** Answers the exit status. */
  public static int run(String... args) {
    var commandLine = commandLine();
    commandLine.setExecutionExceptionHandler((e, _, _) -> StartupErrors.explain(e));
    commandLine.setParameterExceptionHandler(CommandLineProgram::misused);
    return commandLine.execute(args);
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
    var status = StartupErrors.say(Quote.plain(problem(e)), ExitCode.USAGE);
    System.err.println(command.getHelp().fullSynopsis().strip());
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
}
