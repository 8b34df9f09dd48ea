package dev.gatehouse.console.commands.cluster;

import dev.gatehouse.cluster.revisions.Revision;
import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.RevisionNumber;
import dev.gatehouse.console.changes.DefinitionChange;
import dev.gatehouse.console.view.Line;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Screen;
import dev.gatehouse.text.UnifiedDiff;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

final class ClusterDiff implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "cluster diff",
          Access.ADMINISTRATOR,
          "Show how two revisions of the definition differ",
          "cluster diff",
          "cluster diff 7",
          "cluster diff 7 9 > change.patch");

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "REV",
      description = "The earlier one; without it, the one before the current.")
  private @Nullable RevisionNumber earlier;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "REV",
      description = "The later one; without it, the current.")
  private @Nullable RevisionNumber later;

  @Override
  public void run(Call call) {
    var current = call.services().definitions().store().current();
    var before =
        DefinitionChange.revision(
            call, earlier == null ? Math.max(1, current.number() - 1) : earlier.value());
    var after = later == null ? current : DefinitionChange.revision(call, later.value());
    var lines = UnifiedDiff.between(name(before), before.text(), name(after), after.text());
    if (call.format() == Screen.Format.TERMINAL) {
      print(lines, call);
    } else {
      call.show(new Result.Text(String.join("", lines.stream().map(l -> l + "\n").toList()), lines));
    }
  }

  private static void print(List<String> lines, Call call) {
    if (lines.isEmpty()) {
      call.show(new Result.Lines(lines, "They do not differ."));
    }
    lines.forEach(l -> call.screen().print(Line.of(style(l), l.replace("\t", "    "))));
  }

  private static Line.Style style(String line) {
    if (line.startsWith("---") || line.startsWith("+++")) {
      return Line.Style.BOLD;
    }
    return switch (line.charAt(0)) {
      case '+' -> Line.Style.GOOD;
      case '-' -> Line.Style.BAD;
      case '@' -> Line.Style.DIM;
      default -> Line.Style.PLAIN;
    };
  }

  private static String name(Revision revision) {
    return "cluster.yaml (revision %d, %s)".formatted(revision.number(), revision.author().who());
  }
}
