package dev.gatehouse.console;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.console.view.Line;
import dev.gatehouse.failure.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What help shows: an overview, a group, or one command; nothing that the person may not run.
 *
 * @param visible the commands of this person
 */
record HelpPages(CommandTable visible, Viewer viewer, int columns) {
  private static final int WIDEST = 100;
  private static final String USAGE = "Usage: ";

  static HelpPages of(Call call) {
    return new HelpPages(
        call.table().visibleTo(call.person(), call.services().admission()),
        call.viewer(),
        call.screen().columns());
  }

  /**
   * @throws UserError if there is no such command
   */
  List<Line> about(List<String> words) {
    if (words.isEmpty()) {
      return overview();
    }
    var command = visible.find(words).map(this::command);
    var group =
        words.size() == 1 ? visible.group(words.getFirst()) : Optional.<CommandTable.Group>empty();
    return command.or(() -> group.map(this::group)).orElseThrow(() -> unknown(words, visible));
  }

  static UserError unknown(List<String> words, CommandTable visible) {
    if (words.getFirst().startsWith("-")) {
      return UserError.usage(
          "options stand behind the command, as in 'gate whoami --json'; 'gate help' lists all"
              + " commands");
    }
    var typed = words.stream().limit(2).collect(joining(" "));
    return UserError.usage(
        "unknown command '%s'; %s'gate help' lists all commands"
            .formatted(
                visible.group(words.getFirst()).isPresent() ? typed : words.getFirst(),
                DidYouMean.command(words, visible)
                    .map("did you mean '%s'? "::formatted)
                    .orElse("")));
  }

  private List<Line> overview() {
    var lines = new ArrayList<Line>();
    lines.add(Line.of(Line.Style.BOLD, "gate").add(": the console of " + viewer.services().host()));
    lines.add(new Line());
    var one = viewer.services().sshLine("COMMAND");
    lines.add(entry(one, one.length(), "run one command"));
    lines.add(
        entry(
            "ssh -t %s gate".formatted(viewer.services().host()),
            one.length(),
            "type many of them"));
    visible.groups().forEach(g -> lines.addAll(section(g)));
    lines.addAll(examples(List.of("status", "workspace start", "help workspace start")));
    lines.add(new Line());
    lines.add(Line.of(Line.Style.DIM, "Every command takes --help, and --json for JSON."));
    return lines;
  }

  private List<Line> group(CommandTable.Group group) {
    var lines = new ArrayList<>(section(group));
    lines.removeFirst();
    lines.addAll(examples(List.of(group.entries().getFirst().commandInfo().examples().getFirst())));
    return lines;
  }

  private List<Line> section(CommandTable.Group group) {
    var widest = visible.entries().stream().mapToInt(e -> e.commandInfo().name().length()).max();
    var lines = new ArrayList<Line>();
    lines.add(new Line());
    lines.add(Line.of(Line.Style.BOLD, group.title()));
    group.entries().stream()
        .map(CommandTable.Entry::commandInfo)
        .map(a -> entry(a.name(), widest.orElse(0), a.summary()))
        .forEach(lines::add);
    return lines;
  }

  private static Line entry(String what, int width, String meaning) {
    return Line.of("  " + what).pad(width + 2).add("   " + meaning);
  }

  List<Line> command(CommandTable.Entry entry) {
    var usage = arguments(entry).usage(Math.clamp(columns, 60, WIDEST), USAGE.length());
    var lines = new ArrayList<Line>();
    lines.add(Line.of(entry.commandInfo().summary() + "."));
    lines.add(new Line());
    lines.add(Line.of(Line.Style.BOLD, USAGE).add(usage.synopsis().getFirst()));
    usage.synopsis().stream().skip(1).map(Line::of).forEach(lines::add);
    if (!usage.parameters().isEmpty()) {
      lines.add(new Line());
      usage.parameters().forEach(l -> lines.add(Line.of(l)));
    }
    lines.add(new Line());
    usage.options().forEach(l -> lines.add(Line.of(l)));
    lines.addAll(examples(ownExamples(entry.commandInfo())));
    if (entry.commandInfo().access() != Access.ANYBODY) {
      lines.add(new Line());
      lines.add(
          Line.of("For: " + entry.commandInfo().access().name().toLowerCase(Locale.ROOT) + "s"));
    }
    return lines;
  }

  /** Without options that are for others. */
  private List<String> ownExamples(CommandInfo commandInfo) {
    var refused =
        commandInfo.options().entrySet().stream()
            .filter(
                o ->
                    o.getValue()
                        .refusal(viewer.services().admission(), viewer.person())
                        .isPresent())
            .map(Map.Entry::getKey)
            .toList();
    return commandInfo.examples().stream()
        .filter(e -> refused.stream().noneMatch(e::contains))
        .toList();
  }

  private Arguments arguments(CommandTable.Entry entry) {
    return new Arguments(entry).visibleTo(viewer.person(), viewer.services().admission());
  }

  private List<Line> examples(List<String> commandLines) {
    var lines = new ArrayList<Line>();
    lines.add(new Line());
    lines.add(Line.of(Line.Style.BOLD, commandLines.size() == 1 ? "Example" : "Examples"));
    commandLines.forEach(c -> lines.add(Line.of("  " + viewer.services().sshLine(c))));
    return lines;
  }
}
