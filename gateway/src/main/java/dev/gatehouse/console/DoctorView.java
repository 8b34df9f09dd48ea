package dev.gatehouse.console;

import dev.gatehouse.console.view.Line;
import dev.gatehouse.console.view.Screen;
import dev.gatehouse.console.view.Table;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.console.view.WordWrap;
import dev.gatehouse.doctor.Examination;
import dev.gatehouse.doctor.Finding;
import dev.gatehouse.doctor.Finding.State;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.text.Plural;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An examination as a person, a script and a program read it. */
public record DoctorView(Examination examination) {
  /** The longest word for a state, and two blanks. */
  private static final int STATES = 13;

  private static final int INDENT = 2;

  private record Row(String subject, Finding finding) {}

  public void show(Screen screen, Screen.Format format, Instant now) {
    if (format == Screen.Format.TERMINAL) {
      lines(screen.columns()).forEach(screen::print);
    } else {
      screen.show(table(), format, now);
    }
  }

  /**
   * @throws FailureException if there is a problem: a script learns of it by the exit status
   */
  public void requireHealth() {
    var problems = examination.count(State.PROBLEM);
    if (problems > 0) {
      throw new FailureException(
          new Failure.Unavailable(
              "doctor-problem",
              Plural.of(problems, "problem") + " found; what to do stands there"));
    }
  }

  private Table table() {
    var rows =
        examination.parts().stream()
            .flatMap(part -> part.findings().stream().map(f -> new Row(part.subject(), f)))
            .toList();
    return Table.of(rows)
        .column("subject", r -> Value.of(r.subject()))
        .column("state", r -> Value.of(r.finding().state().word()))
        .column("what", r -> Value.of(r.finding().what()))
        .column("what to do", r -> Value.of(r.finding().advice()))
        .whenEmpty("There was nothing to examine.");
  }

  private List<Line> lines(int columns) {
    var lines = new ArrayList<Line>();
    subjects()
        .forEach(
            (subject, findings) -> {
              lines.add(Line.of(Line.Style.BOLD, subject));
              findings.forEach(finding -> lines.addAll(lines(finding, columns)));
              lines.add(new Line());
            });
    lines.add(summary());
    return lines;
  }

  /** Checks of one subject stand together. */
  private Map<String, List<Finding>> subjects() {
    var subjects = new LinkedHashMap<String, List<Finding>>();
    examination
        .parts()
        .forEach(
            part ->
                subjects
                    .computeIfAbsent(part.subject(), _ -> new ArrayList<>())
                    .addAll(part.findings()));
    return subjects;
  }

  private static List<Line> lines(Finding finding, int columns) {
    var lines = new ArrayList<Line>();
    var first = Line.of(" ".repeat(INDENT)).add(style(finding.state()), finding.state().word());
    var width = Math.max(20, columns - INDENT - STATES);
    for (var text : WordWrap.lines(finding.what(), width)) {
      lines.add(
          (lines.isEmpty() ? first : new Line()).pad(INDENT + STATES).add(text.render(false)));
    }
    if (!finding.advice().isEmpty()) {
      for (var text : WordWrap.lines("→ " + finding.advice(), width)) {
        lines.add(new Line().pad(INDENT + STATES).add(Line.Style.DIM, text.render(false)));
      }
    }
    return lines;
  }

  private Line summary() {
    return Line.of(
        "%d ok, %s, %s, %d not checked"
            .formatted(
                examination.count(State.OK),
                Plural.of(examination.count(State.WARNING), "warning"),
                Plural.of(examination.count(State.PROBLEM), "problem"),
                examination.count(State.NOT_CHECKED)));
  }

  private static Line.Style style(State state) {
    return switch (state) {
      case PROBLEM -> Line.Style.BAD;
      case WARNING -> Line.Style.BUSY;
      case OK -> Line.Style.GOOD;
      case NOT_CHECKED -> Line.Style.DIM;
    };
  }
}
