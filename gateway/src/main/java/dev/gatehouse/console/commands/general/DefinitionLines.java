package dev.gatehouse.console.commands.general;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.cluster.InForceAfter.What;
import dev.gatehouse.cluster.Unapplied;
import dev.gatehouse.console.InForce;
import dev.gatehouse.console.view.Line;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Value;
import java.util.ArrayList;
import java.util.List;

/** Says which revision of the definition is in force, and what of it is not. */
final class DefinitionLines {
  private DefinitionLines() {}

  static List<Result.Field> of(InForce inForce) {
    var fields = new ArrayList<Result.Field>();
    if (inForce.revision() > 0) {
      fields.add(Result.field("definition", Value.of("revision " + inForce.revision())));
    }
    inForce
        .refused()
        .ifPresent(
            why ->
                fields.add(
                    warning("not in force", "a later one, which has mistakes: " + first(why))));
    var restart = keys(inForce, What.RESTART);
    if (!restart.isEmpty()) {
      fields.add(warning("needs a restart", restart));
    }
    var awaited = keys(inForce, What.ANSWER);
    if (!awaited.isEmpty()) {
      fields.add(warning("awaited", awaited + ": the new servers have not answered yet"));
    }
    return fields;
  }

  private static String keys(InForce inForce, What after) {
    return inForce.unapplied().stream()
        .filter(u -> u.after() == after)
        .map(Unapplied::key)
        .collect(joining(", "));
  }

  private static Result.Field warning(String name, String text) {
    return Result.field(name, new Value.State(text, Line.Style.BUSY));
  }

  private static String first(String lines) {
    return lines.lines().findFirst().orElse(lines);
  }
}
