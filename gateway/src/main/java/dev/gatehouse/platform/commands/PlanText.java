package dev.gatehouse.platform.commands;

import dev.gatehouse.platform.FieldChange;
import dev.gatehouse.platform.ObjectChange;
import dev.gatehouse.platform.ObjectChange.Action;
import dev.gatehouse.platform.PartPlan;
import dev.gatehouse.platform.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A plan for people: a line an object, below it a line for each field, and the sum. */
final class PlanText {
  private static final int SHOWN = 100;
  private static final String RED = "\u001b[31m";
  private static final String GREEN = "\u001b[32m";
  private static final String YELLOW = "\u001b[33m";
  private static final String BOLD = "\u001b[1m";
  private static final String PLAIN = "\u001b[0m";

  private final boolean isColoured;
  private final List<String> lines = new ArrayList<>();

  private PlanText(boolean isColoured) {
    this.isColoured = isColoured;
  }

  /**
   * @param onPeople what the change of the definition does to them
   */
  static List<String> of(Plan plan, List<String> onPeople, boolean isColoured) {
    var text = new PlanText(isColoured);
    if (plan.isEmpty()) {
      return List.of("No change: the cluster is as the definition says.");
    }
    plan.parts().stream().filter(part -> !part.isEmpty()).forEach(text::part);
    text.effects(plan, onPeople);
    text.sum(plan);
    return text.lines;
  }

  private void part(PartPlan part) {
    lines.add(
        painted(BOLD, part.part().name())
            + part.unfinished().map(why -> " (%s)".formatted(why)).orElse(""));
    part.changes().forEach(this::object);
  }

  private void object(ObjectChange change) {
    var sign =
        switch (change.action()) {
          case CREATE -> painted(GREEN, "+");
          case CHANGE -> painted(YELLOW, "~");
          case REPLACE -> painted(RED, "-/+");
          case DELETE -> painted(RED, "-");
        };
    lines.add(
        "  %s %s%s"
            .formatted(
                sign, change.object(), change.note().map(n -> " (%s)".formatted(n)).orElse("")));
    change.fields().forEach(this::field);
    change.refusal().ifPresent(why -> lines.add("      " + painted(RED, "refused: ") + why.line()));
  }

  private void field(FieldChange field) {
    lines.add(
        "      %s: %s → %s"
            .formatted(
                clean(field.path()),
                field.before().map(PlanText::clean).orElse("(none)"),
                field.after().map(PlanText::clean).orElse("(none)")));
  }

  private void effects(Plan plan, List<String> onPeople) {
    var effects = Stream.concat(onPeople.stream(), plan.effects().stream()).distinct().toList();
    if (!effects.isEmpty()) {
      lines.add("");
      lines.add("What people notice:");
      effects.forEach(effect -> lines.add("  " + effect));
    }
  }

  private void sum(Plan plan) {
    lines.add("");
    lines.add(
        "%d to create, %d to change, %d to replace, %d to delete."
            .formatted(
                plan.count(Action.CREATE),
                plan.count(Action.CHANGE),
                plan.count(Action.REPLACE),
                plan.count(Action.DELETE)));
  }

  private String painted(String colour, String text) {
    return isColoured ? colour + text + PLAIN : text;
  }

  /** One line that cannot steer a terminal; the cluster's words are anybody's. */
  private static String clean(String value) {
    var shown = new StringBuilder();
    value
        .codePoints()
        .limit(SHOWN)
        .forEach(
            c -> {
              if (c == '\n') {
                shown.append("\\n");
              } else if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                shown.append('?');
              } else {
                shown.appendCodePoint(c);
              }
            });
    return shown.append(value.codePointCount(0, value.length()) > SHOWN ? "…" : "").toString();
  }
}
