package dev.gatehouse.console;

import dev.gatehouse.admission.Admission;
import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.directory.Person;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.workspace.Workspaces;
import java.time.InstantSource;
import java.util.function.IntSupplier;

/** Runs console commands for people; see {@link ConsoleStreams} for the thread rules. */
public final class Console {
  private final Dispatcher dispatcher;

  /**
   * @param connections how many people's connections are open now
   */
  public Console(
      ClusterDefinition definition,
      Admission admission,
      Workspaces workspaces,
      IntSupplier connections,
      InstantSource clock) {
    this(
        CommandTable.GATE,
        new Services(definition, admission, workspaces, connections, clock, clock.instant()));
  }

  /** For tests, which bring commands of their own. */
  Console(CommandTable table, Services services) {
    this.dispatcher = new Dispatcher(table, services);
  }

  /**
   * Runs one command line, without the leading word {@code gate}; an empty one starts the
   * interactive shell on a terminal and shows the help elsewhere.
   *
   * @return the exit status for the channel
   */
  public int run(Person caller, String commandLine, ConsoleStreams streams) {
    try {
      return dispatcher.run(
          caller, commandLine, new Screen(streams.out(), streams.err(), Screen.Look.PLAIN));
    } catch (ClientGone e) {
      return ExitCode.IOERR.status();
    }
  }
}
