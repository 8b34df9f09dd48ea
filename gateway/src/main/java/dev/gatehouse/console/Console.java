package dev.gatehouse.console;

import dev.gatehouse.console.terminal.ChannelTerminal;
import dev.gatehouse.console.terminal.ConsoleStreams;
import dev.gatehouse.console.terminal.CtrlC;
import dev.gatehouse.console.terminal.StreamInput;
import dev.gatehouse.console.terminal.TerminalInput;
import dev.gatehouse.console.view.ClientGone;
import dev.gatehouse.console.view.Interrupted;
import dev.gatehouse.console.view.Screen;
import dev.gatehouse.directory.Person;
import dev.gatehouse.failure.ExitCode;
import java.io.IOError;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs console commands for people; see {@link ConsoleStreams} for the thread rules. */
public final class Console {
  private static final Logger LOG = LoggerFactory.getLogger(Console.class);

  private final Dispatcher dispatcher;
  private final InteractiveShell shell;

  /**
   * Creates a console.
   *
   * @param table the commands that exist
   */
  public Console(CommandTable table, Services services) {
    this.dispatcher = new Dispatcher(table, services);
    this.shell = new InteractiveShell(dispatcher, services, new Histories());
  }

  /**
   * Runs one command line, without the leading word {@code gate}; an empty one starts the
   * interactive shell on a terminal and shows the help elsewhere.
   *
   * @return the exit status for the channel
   */
  public int run(Person caller, String commandLine, ConsoleStreams streams) {
    try {
      return streams.pty().isPresent()
          ? onTerminal(caller, commandLine, streams, streams.pty().get())
          : dispatcher.run(
              new Caller(caller, streams.address()),
              commandLine,
              plain(streams),
              new StreamInput(streams.in()));
    } catch (ClientGone | IOException | IOError e) {
      LOG.debug("{} left during a console command: {}", caller.username(), e.getMessage());
      return ExitCode.IOERR.status();
    } catch (Interrupted e) {
      return Interrupted.STATUS;
    }
  }

  private int onTerminal(
      Person caller, String commandLine, ConsoleStreams streams, ConsoleStreams.Pty pty)
      throws IOException {
    try (var terminal = ChannelTerminal.open(streams, pty)) {
      return commandLine.isBlank() && !caller.disabled()
          ? shell.run(new Caller(caller, streams.address()), terminal)
          : CtrlC.on(terminal)
              .during(
                  () ->
                      dispatcher.run(
                          new Caller(caller, streams.address()),
                          commandLine,
                          terminal.screen(),
                          new TerminalInput(terminal)));
    }
  }

  private static Screen plain(ConsoleStreams streams) {
    return new Screen(streams.out(), streams.err(), Screen.Look.PLAIN);
  }
}
