package dev.gatehouse.console.commands.user;

import dev.gatehouse.console.commands.user.FiledPerson.Mistake;
import dev.gatehouse.console.view.Line;
import dev.gatehouse.console.view.Table;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.directory.PeopleAdministration.Changes;
import dev.gatehouse.key.AuthorizedKeyLine;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.text.Plural;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What an import would do, line by line. With a mistake in it nothing of it is done. */
record ImportPlan(List<Step> steps, List<Mistake> mistakes) {

  /** What one line leads to. */
  sealed interface Step {
    WantedPerson wanted();

    record Add(WantedPerson wanted) implements Step {}

    /**
     * @param groups to be joined
     * @param keys that they do not have
     * @param disabled if that is to change
     */
    record Change(
        WantedPerson wanted,
        Changes changes,
        Set<GroupName> groups,
        List<AuthorizedKeyLine> keys,
        Optional<Boolean> disabled)
        implements Step {
      /** Such as {@code name 'Carol', group ml, 1 key}. */
      List<String> words() {
        var words = new ArrayList<String>();
        changes.displayName().ifPresent(n -> words.add("name " + n));
        changes.account().primaryGroup().ifPresent(g -> words.add("primary group " + g));
        changes.account().home().ifPresent(p -> words.add("home " + p));
        changes.account().shell().ifPresent(p -> words.add("shell " + p));
        groups.forEach(g -> words.add("group " + g));
        if (!keys.isEmpty()) {
          words.add(Plural.of(keys.size(), "key"));
        }
        disabled.ifPresent(d -> words.add(d ? "disabled" : "enabled"));
        return words;
      }
    }

    record Keep(WantedPerson wanted) implements Step {}
  }

  private record Row(int line, String user, Value.State what, String details) {}

  /** Those that change something. */
  List<Step> work() {
    return steps.stream().filter(s -> !(s instanceof Step.Keep)).toList();
  }

  long count(Class<? extends Step> kind) {
    return steps.stream().filter(kind::isInstance).count();
  }

  /** All of it, in the order of the file. */
  Table table() {
    return table(Stream.concat(steps.stream().map(ImportPlan::row), wrong()));
  }

  Table mistakesTable() {
    return table(wrong());
  }

  private Stream<Row> wrong() {
    return mistakes.stream()
        .map(m -> new Row(m.line(), m.user(), new Value.State("wrong", Line.Style.BAD), m.what()));
  }

  private static Table table(Stream<Row> rows) {
    return Table.of(rows.sorted(Comparator.comparingInt(Row::line)).toList())
        .column("line", r -> new Value.Count(r.line()))
        .column("user", r -> Value.of(r.user()))
        .column("state", Table.Fit.WHOLE, Row::what)
        .column("details", Table.Fit.WRAP, r -> Value.of(r.details()))
        .whenEmpty("There is nobody in the file.");
  }

  private static Row row(Step step) {
    var wanted = step.wanted();
    return switch (step) {
      case Step.Add _ -> row(wanted, "new", Line.Style.GOOD, added(wanted));
      case Step.Change change ->
          row(wanted, "changed", Line.Style.BUSY, String.join(", ", change.words()));
      case Step.Keep _ -> row(wanted, "unchanged", Line.Style.DIM, "");
    };
  }

  private static Row row(WantedPerson wanted, String what, Line.Style style, String details) {
    return new Row(
        wanted.filed().line(), wanted.user().value(), new Value.State(what, style), details);
  }

  private static String added(WantedPerson wanted) {
    var words = new ArrayList<String>();
    wanted.name().ifPresent(words::add);
    wanted.groups().forEach(g -> words.add("group " + g));
    words.add(wanted.keys().isEmpty() ? "no key" : Plural.of(wanted.keys().size(), "key"));
    wanted.disabled().filter(d -> d).ifPresent(_ -> words.add("disabled"));
    return String.join(", ", words);
  }
}
