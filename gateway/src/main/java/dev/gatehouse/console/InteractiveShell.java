package dev.gatehouse.console;

import dev.gatehouse.directory.Person;
import dev.gatehouse.failure.ExitCode;
import java.util.Set;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;

/** {@code ssh -t HOST gate}: one command after another, with history and completion. */
final class InteractiveShell {
  private static final Set<String> LEAVE = Set.of("exit", "quit");

  private final Dispatcher dispatcher;
  private final Services services;
  private final Histories histories;

  InteractiveShell(Dispatcher dispatcher, Services services, Histories histories) {
    this.dispatcher = dispatcher;
    this.services = services;
    this.histories = histories;
  }

  /**
   * Returns when the person leaves, or has gone.
   *
   * @return the exit status: leaving is never a failure
   */
  int run(Person person, ChannelTerminal terminal) {
    var screen = terminal.screen();
    var ctrlC = CtrlC.on(terminal);
    var reader = reader(person, terminal);
    screen.print(
        Line.of("The console of %s: TAB completes, ".formatted(services.host()))
            .add("'help' lists the commands, 'exit' leaves."));
    while (true) {
      try {
        var line = withoutGate(reader.readLine(prompt(screen)).strip());
        if (LEAVE.contains(line)) {
          return ExitCode.OK.status();
        }
        if (!line.isEmpty()) {
          histories.add(person.username(), line);
          ctrlC.during(() -> dispatcher.run(person, line, screen, Input.of(terminal)));
        }
      } catch (UserInterruptException e) {
        // Ctrl-C has cleared the line.
      } catch (EndOfFileException e) {
        return ExitCode.OK.status();
      }
    }
  }

  private LineReader reader(Person person, ChannelTerminal terminal) {
    var reader =
        LineReaderBuilder.builder()
            .appName("gate")
            .terminal(terminal)
            .completer(
                new ShellCompleter(
                    dispatcher.visibleTo(person), new OwnWorkspaces(person, services)))
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .build();
    // ^X^E opens an editor that reads and writes any file of the gateway.
    reader.getWidgets().remove(LineReader.EDIT_AND_EXECUTE_COMMAND);
    histories.of(person.username()).forEach(reader.getHistory()::add);
    return reader;
  }

  private String prompt(Screen screen) {
    return Line.of(Line.Style.BOLD, "gate")
        .add(" %s> ".formatted(services.host()))
        .render(screen.look().colour());
  }

  /** People paste the whole line that help shows. */
  private static String withoutGate(String line) {
    return line.equals("gate") ? "help" : line.replaceFirst("^gate\\s+", "");
  }
}
