package dev.gatehouse.console.changes;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.console.Call;
import dev.gatehouse.console.view.Line;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Screen;
import dev.gatehouse.console.view.Table;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.platform.Effects.Effect;
import dev.gatehouse.platform.FieldChange;
import java.util.Optional;
import java.util.stream.Stream;

/** How a person sees what a change would do. */
public record ProposalView(Proposal proposal) {
  private static final Value NOTHING = new Value.None();

  /** Returns all of it. */
  public Result.Details details() {
    return Result.Details.of(
            Result.field("base", new Value.Count(proposal.base().number())),
            Result.field(
                "effects", Value.of(proposal.effects().all().stream().map(Effect::text).toList())),
            Result.field("warnings", Value.of(proposal.warnings())))
        .with("changes", table());
  }

  private Table table() {
    return Table.of(proposal.changes())
        .column("change", Table.Fit.WHOLE, c -> Value.of(sign(c)))
        .column("field", Table.Fit.WHOLE, c -> Value.of(c.path()))
        .column("before", c -> value(c.before()))
        .column("after", Table.Fit.WRAP, c -> value(c.after()))
        .whenEmpty("No value changes.");
  }

  /** Shows it as a command's result. */
  public void show(Call call) {
    if (call.format() == Screen.Format.TERMINAL) {
      if (proposal.changes().isEmpty()) {
        call.show(table());
      }
      proposal.changes().forEach(c -> call.screen().print(line(c)));
      proposal.effects().all().forEach(e -> call.screen().print(line(e)));
      proposal.warnings().forEach(w -> call.screen().print(warning(w)));
    } else {
      call.show(details());
    }
  }

  /** Tells beside the result of a command what the person should see before they are asked. */
  void tell(Call call) {
    var screen = call.screen();
    if (call.format() == Screen.Format.TERMINAL) {
      proposal.changes().forEach(c -> screen.tell(line(c)));
      proposal.effects().all().forEach(e -> screen.tell(line(e)));
    }
    if (call.format() != Screen.Format.JSON) {
      proposal.warnings().forEach(w -> screen.tell(warning(w)));
    }
  }

  private static Line line(FieldChange change) {
    var style =
        switch (sign(change)) {
          case "+" -> Line.Style.GOOD;
          case "-" -> Line.Style.BAD;
          default -> Line.Style.BUSY;
        };
    var values =
        Stream.of(change.before(), change.after())
            .flatMap(Optional::stream)
            .collect(joining(" → "));
    return Line.of(style, sign(change)).add(" %s: %s".formatted(change.path(), values));
  }

  private static Line line(Effect effect) {
    return Line.of(effect.asks() ? Line.Style.BAD : Line.Style.BUSY, "!").add(" " + effect.text());
  }

  private static Line warning(String warning) {
    return Line.of(Line.Style.BUSY, "warning:").add(" " + warning);
  }

  private static String sign(FieldChange change) {
    return change.before().isEmpty() ? "+" : change.after().isEmpty() ? "-" : "~";
  }

  private static Value value(Optional<String> text) {
    return text.<Value>map(Value::of).orElse(NOTHING);
  }
}
