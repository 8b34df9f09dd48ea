package dev.gatehouse.cluster;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.cluster.CheckedDefinition.GroupReference;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.GroupName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * What was found in one file: mistakes, which are told together and in the order of their places,
 * and what is worth a look.
 */
final class Problems {
  private static final int SHOWN = 50;

  private final String fileName;
  private final List<Problem> found = new ArrayList<>();
  private final List<Remark> warnings = new ArrayList<>();
  private final SortedSet<GroupReference> groups = new TreeSet<>();

  /** Lines and columns count from 1. */
  private record Problem(int line, int column, String what) {}

  Problems(String fileName) {
    this.fileName = fileName;
  }

  /** For the mistakes of something that is read a second time. */
  static Problems unheard() {
    return new Problems("");
  }

  void add(Mark place, String what) {
    found.add(new Problem(place.getLine() + 1, place.getColumn() + 1, what));
  }

  /**
   * @param line counts from 1
   * @param column counts from 1
   */
  void add(int line, int column, String what) {
    found.add(new Problem(line, column, what));
  }

  /** Notes what is worth a look, and no mistake. */
  void warn(Mark place, String what) {
    warnings.add(new Remark(fileName, place.getLine() + 1, place.getColumn() + 1, what));
  }

  List<Remark> warnings() {
    return warnings.stream()
        .sorted(Comparator.comparingInt(Remark::line).thenComparingInt(Remark::column))
        .toList();
  }

  /** Notes that the name of a group stands here; twice at one place, for aliases, is once. */
  void names(Mark place, GroupName group) {
    groups.add(new GroupReference(group, fileName, place.getLine() + 1, place.getColumn() + 1));
  }

  List<GroupReference> groups() {
    return List.copyOf(groups);
  }

  /** How many mistakes there are so far. */
  int count() {
    return found.size();
  }

  void throwIfAny() {
    if (!found.isEmpty()) {
      throw error();
    }
  }

  /** The error for a file that cannot be read any further. */
  UserError only(int line, int column, String what) {
    found.add(new Problem(line, column, Quote.plain(what)));
    return error();
  }

  /** As {@link #only(int, int, String)}, for what the YAML library found. */
  UserError only(MarkedYAMLException e) {
    var place = Optional.ofNullable(e.getProblemMark()).or(() -> contextMark(e));
    var what = e.getProblem() == null ? String.valueOf(e.getMessage()) : e.getProblem();
    return only(
        place.map(m -> m.getLine() + 1).orElse(1),
        place.map(m -> m.getColumn() + 1).orElse(1),
        (e.getContext() == null ? "" : e.getContext() + ": ") + what);
  }

  private static Optional<Mark> contextMark(MarkedYAMLException e) {
    return Optional.ofNullable(e.getContextMark());
  }

  private UserError error() {
    var inOrder = Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column);
    var lines = found.stream().sorted(inOrder).limit(SHOWN).map(this::line).collect(joining("\n"));
    var more = found.size() - SHOWN;
    return new UserError(
        ExitCode.CONFIG, more > 0 ? lines + "\n… and %d more".formatted(more) : lines);
  }

  private String line(Problem problem) {
    return "%s:%d:%d: %s".formatted(fileName, problem.line, problem.column, problem.what);
  }
}
