package dev.gatehouse.console.commands.platform;

import dev.gatehouse.console.Services;
import dev.gatehouse.console.SortKey;
import dev.gatehouse.console.WorkspaceView;
import dev.gatehouse.console.view.HumanTime;
import dev.gatehouse.console.view.Line;
import dev.gatehouse.console.view.Screen;
import dev.gatehouse.console.view.Table;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.workspace.Usage;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A picture as the lines of a screen, from 80 columns and 24 rows on. */
record TopView(Screen screen, Services services) {
  List<Line> lines(Optional<TopPicture> picture, Optional<String> trouble, TopChoice choice) {
    var lines = picture.map(this::head).orElseGet(() -> new ArrayList<>(List.of(waiting())));
    trouble.ifPresent(t -> lines.add(Line.of(Line.Style.BAD, t)));
    picture.ifPresent(p -> lines.addAll(list(p, choice, room(lines.size()))));
    while (lines.size() < screen.rows() - 1) {
      lines.add(new Line());
    }
    return withFoot(lines, choice);
  }

  /** Scrolled no further than the list is long. */
  TopChoice scrolled(Optional<TopPicture> picture, TopChoice choice) {
    return picture
        .map(
            p ->
                choice.within(
                    choice.connections() ? p.connections().sessions().size() : p.rows().size(),
                    room(head(p).size())))
        .orElse(choice);
  }

  /** Rows for a list, below so many lines and its headers, and above the foot. */
  private int room(int above) {
    return Math.max(1, screen.rows() - above - 3);
  }

  private Line waiting() {
    return Line.of(Line.Style.BOLD, services.host()).add("  asking the platform …");
  }

  private List<Line> head(TopPicture picture) {
    var lines = new ArrayList<Line>();
    lines.add(
        Line.of(Line.Style.BOLD, services.host())
            .add("  " + HumanTime.clock(picture.at()))
            .add("  up " + HumanTime.span(new TopResult(picture, services).uptime())));
    lines.add(Line.of(counts(picture)));
    if (!picture.connections().silent().isEmpty()) {
      lines.add(
          Line.of(
              Line.Style.BAD,
              "no answer from %s: connections there are left out"
                  .formatted(String.join(", ", picture.connections().silent()))));
    }
    picture
        .nodes()
        .ifPresentOrElse(
            report -> lines.addAll(new TopNodes(report, picture.at(), screen).lines()),
            () -> lines.add(Line.of(Line.Style.DIM, "nodes: not known here")));
    picture
        .pools()
        .flatMap(pools -> new TopPools(pools, picture.at()).line())
        .ifPresent(lines::add);
    return lines;
  }

  private static String counts(TopPicture picture) {
    var text = new StringBuilder("workspaces: %d running".formatted(picture.count(State.RUNNING)));
    if (picture.count(State.STARTING) > 0) {
      text.append(", %d starting".formatted(picture.count(State.STARTING)));
    }
    if (picture.count(State.STOPPING) > 0) {
      text.append(", %d stopping".formatted(picture.count(State.STOPPING)));
    }
    return text.append(", %d stopped".formatted(picture.stopped()))
        .append("   connections: %d".formatted(picture.connections().sessions().size()))
        .append(" of %d people".formatted(picture.people()))
        .toString();
  }

  private List<Line> list(TopPicture picture, TopChoice choice, int room) {
    var lines = new ArrayList<Line>();
    lines.add(new Line());
    var table = choice.connections() ? connections(picture, choice) : rows(picture, choice);
    var all = screen.lines(table, picture.at());
    lines.add(all.getFirst());
    all.stream().skip(1L + choice.first()).limit(room).forEach(lines::add);
    return lines;
  }

  private Table connections(TopPicture picture, TopChoice choice) {
    return TopResult.connections(
        sorted(picture.connections().sessions(), TopOrder.connections(choice.order()), choice));
  }

  private Table rows(TopPicture picture, TopChoice choice) {
    return Table.of(sorted(picture.rows(), TopOrder.rows(choice.order()), choice))
        .column("owner", r -> Value.of(r.info().id().owner()))
        .column("workspace", r -> Value.of(r.info().id().name()))
        .column("state", r -> view(r).stateValue())
        .column("since", r -> Value.of(HumanTime.span(age(r, picture))))
        .column("cpu", r -> used(r, u -> new Value.Cores(u.millicores())))
        .column("memory", r -> used(r, u -> new Value.Bytes(u.memoryBytes())))
        .column("gpus", Table.Fit.SPARE, r -> view(r).gpus())
        .column("ssh", r -> new Value.Count(r.sessions()))
        .column("machine type", Table.Fit.SPARE, r -> Value.of(r.info().type()))
        .column(
            "step", Table.Fit.CUT, r -> r.step().<Value>map(Value::of).orElseGet(Value.None::new))
        .whenEmpty("No workspace runs.");
  }

  private static Value used(TopRow row, Function<Usage, Value> what) {
    return row.usage().map(what).orElseGet(Value.None::new);
  }

  private static Duration age(TopRow row, TopPicture picture) {
    return Duration.between(row.info().since(), picture.at());
  }

  private static <T> List<T> sorted(List<T> things, Comparator<T> order, TopChoice choice) {
    return things.stream()
        .sorted(choice.reversed() ? Collections.reverseOrder(order) : order)
        .toList();
  }

  private WorkspaceView view(TopRow row) {
    return WorkspaceView.of(row.info(), services);
  }

  private List<Line> withFoot(List<Line> lines, TopChoice choice) {
    var foot = new Line();
    foot.add(Line.Style.DIM, "q").add(" quit");
    key(foot, "TAB", choice.connections() ? "workspaces" : "connections", false);
    for (var order : SortKey.values()) {
      key(foot, order.key(), order.title(), order == choice.order());
    }
    key(foot, "r", "reverse", choice.reversed());
    var kept = new ArrayList<>(lines.subList(0, Math.max(0, screen.rows() - 1)));
    kept.add(foot);
    return kept;
  }

  private static void key(Line foot, String key, String meaning, boolean isChosen) {
    foot.add("  ")
        .add(Line.Style.DIM, key)
        .add(" ")
        .add(isChosen ? Line.Style.BOLD : Line.Style.PLAIN, meaning);
  }
}
