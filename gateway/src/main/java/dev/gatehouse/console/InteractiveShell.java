package dev.gatehouse.console;

import dev.gatehouse.console.terminal.ChannelTerminal;
import dev.gatehouse.console.terminal.CtrlC;
import dev.gatehouse.console.terminal.LineEditor;
import dev.gatehouse.console.terminal.PrivateKeys;
import dev.gatehouse.console.terminal.TerminalInput;
import dev.gatehouse.console.view.Line;
import dev.gatehouse.console.view.Screen;
import dev.gatehouse.directory.Person;
import dev.gatehouse.failure.ExitCode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.history.DefaultHistory;

/** {@code ssh -t HOST gate}: one command after another, with history and completion. */
final class InteractiveShell {
  private static final Set<String> LEAVE = Set.of("exit", "quit", "logout");

  private static final Pattern PREFIX =
      Pattern.compile("^(?:\\$\\s+)?(?:ssh\\s+(?:\\S+\\s+)+?)?gate(?:\\s+|$)");

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
  int run(Caller caller, ChannelTerminal terminal) {
    var person = caller.person();
    var screen = terminal.screen();
    var ctrlC = CtrlC.on(terminal);
    var reader = reader(person, terminal);
    screen.print(
        Line.of("The console of %s: ".formatted(services.host()))
            .add(LineEditor.completes(terminal) ? "TAB completes, " : "")
            .add("'help' lists the commands, 'exit' leaves."));
    while (true) {
      try {
        for (var line : lines(reader.readLine(prompt(screen)), screen, terminal)) {
          if (LEAVE.contains(line)) {
            return ExitCode.OK.status();
          }
          remember(person, line);
          ctrlC.during(() -> dispatcher.run(caller, line, screen, new TerminalInput(terminal)));
        }
      } catch (UserInterruptException e) {
        // Ctrl-C has cleared the line.
      } catch (EndOfFileException e) {
        return ExitCode.OK.status();
      }
    }
  }

  /**
   * What is typed is one line; what is pasted may be several, and each is a command of its own.
   *
   * @return none if the person does not want to run them
   */
  private static List<String> lines(String text, Screen screen, ChannelTerminal terminal) {
    if (text.contains("\n") && PrivateKeys.isIn(text)) {
      screen.error("this is a private key, which nobody else should ever see; it was not kept");
      return List.of();
    }
    var lines =
        text.lines()
            .map(line -> withoutGate(line.strip()))
            .filter(line -> !line.isEmpty())
            .toList();
    return lines.size() < 2 || isWanted(lines, screen, terminal) ? lines : List.of();
  }

  private static boolean isWanted(List<String> lines, Screen screen, ChannelTerminal terminal) {
    lines.forEach(line -> screen.tell(Line.of("  " + line)));
    try {
      return new TerminalInput(terminal)
          .ask("Run these %d commands? [y/N] ".formatted(lines.size()))
          .filter(answer -> answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("yes"))
          .isPresent();
    } catch (InterruptedException e) {
      return false; // Ctrl-C is an answer.
    }
  }

  private LineReader reader(Person person, ChannelTerminal terminal) {
    var reader =
        LineEditor.restricted(
            LineReaderBuilder.builder()
                .appName("gate")
                .terminal(terminal)
                .history(new PublicHistory())
                .completer(
                    new ShellCompleter(
                        dispatcher.visibleTo(person), new Viewer(person, services))));
    histories.of(person.username()).forEach(reader.getHistory()::add);
    return reader;
  }

  /** What the arrow keys bring back: no private key that somebody has pasted. */
  private static final class PublicHistory extends DefaultHistory {
    @Override
    public void add(Instant time, String line) {
      if (!PrivateKeys.isIn(line)) {
        super.add(time, line);
      }
    }
  }

  private void remember(Person person, String line) {
    if (!PrivateKeys.isIn(line)) {
      histories.add(person.username(), line);
    }
  }

  private String prompt(Screen screen) {
    return Line.of(Line.Style.BOLD, "gate")
        .add(" %s> ".formatted(services.host()))
        .render(screen.look().colour());
  }

  /** People paste the whole line that help shows, or the documentation with its prompt. */
  private static String withoutGate(String line) {
    var rest = PREFIX.matcher(line).replaceFirst("");
    return rest.isEmpty() && !line.isEmpty() ? "help" : rest;
  }
}
