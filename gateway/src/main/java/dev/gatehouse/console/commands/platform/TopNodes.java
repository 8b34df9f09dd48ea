package dev.gatehouse.console.commands.platform;

import dev.gatehouse.console.view.HumanSize;
import dev.gatehouse.console.view.HumanTime;
import dev.gatehouse.console.view.Line;
import dev.gatehouse.console.view.Screen;
import dev.gatehouse.console.view.Table;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.nodes.Amount;
import dev.gatehouse.nodes.Node;
import dev.gatehouse.nodes.NodeReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/** The nodes in the live view: what all of them have, and a line for each of the busiest. */
record TopNodes(NodeReport report, Instant now, Screen screen) {
  private static final int BAR = 20;
  private static final int NEARLY_FULL = 18;
  private static final int TITLE = 9;

  /** A quarter of the screen is for nodes. */
  private static final int SHARE = 4;

  List<Line> lines() {
    var has = report.allocatable();
    var lines = new ArrayList<Line>();
    lines.add(bar("CPU", Amount::millicores, report.used(), TopNodes::cores));
    lines.add(bar("memory", Amount::memoryBytes, report.used(), HumanSize::of));
    if (has.gpus() > 0) {
      lines.add(bar("GPUs", Amount::gpus, Optional.empty(), Long::toString));
    }
    lines.add(new Line());
    var most = Math.max(1, screen.rows() / SHARE - 2);
    var busiest =
        report.nodes().stream()
            .sorted(Comparator.comparing(Node::ready).thenComparingDouble(TopNodes::load))
            .limit(most)
            .toList();
    lines.addAll(screen.lines(table(busiest), now));
    if (report.nodes().size() > most) {
      lines.add(Line.of(Line.Style.DIM, "and %d more".formatted(report.nodes().size() - most)));
    }
    if (!report.isFresh(now)) {
      lines.add(
          Line.of(
              Line.Style.BAD,
              "nodes were seen %s; the operator tells no more"
                  .formatted(HumanTime.ago(report.at(), now))));
    }
    return lines;
  }

  /** The busiest is the smallest. */
  private static double load(Node node) {
    return -node.used().orElse(node.requested()).millicores()
        / (double) Math.max(1, node.allocatable().millicores());
  }

  /** What is used, or where nobody measures that, what is promised. */
  private Line bar(
      String title, ToLongFunction<Amount> what, Optional<Amount> used, LongFunction<String> text) {
    var has = what.applyAsLong(report.allocatable());
    var promised = what.applyAsLong(report.requested());
    var shown = used.map(what::applyAsLong).orElse(promised);
    var full = Math.clamp(BAR * shown / Math.max(1, has), 0, BAR);
    return Line.of(title)
        .pad(TITLE)
        .add("[")
        .add(full > NEARLY_FULL ? Line.Style.BAD : Line.Style.GOOD, "#".repeat(full))
        .add(" ".repeat(BAR - full) + "]  ")
        .add(used.map(u -> text.apply(what.applyAsLong(u)) + " used, ").orElse(""))
        .add("%s promised, of %s".formatted(text.apply(promised), text.apply(has)));
  }

  private static Table table(List<Node> nodes) {
    return Table.of(nodes)
        .column("node", n -> Value.of(n.name()))
        .column("state", TopNodes::state)
        .column("pods", Table.Fit.SPARE, n -> new Value.Count(n.pods()))
        .column("cpu", n -> Value.of(share(n, Amount::millicores, TopNodes::cores)))
        .column("memory", n -> Value.of(share(n, Amount::memoryBytes, HumanSize::of)))
        .column("gpus", n -> n.allocatable().gpus() == 0 ? new Value.None() : gpus(n))
        .whenEmpty("There is no node.");
  }

  private static Value state(Node node) {
    var style =
        switch (node.state()) {
          case "ready" -> Line.Style.GOOD;
          case "cordoned" -> Line.Style.DIM;
          default -> Line.Style.BAD;
        };
    return new Value.State(node.state(), style);
  }

  private static String share(Node node, ToLongFunction<Amount> what, LongFunction<String> text) {
    return "%s of %s"
        .formatted(
            text.apply(what.applyAsLong(node.used().orElse(node.requested()))),
            text.apply(what.applyAsLong(node.allocatable())));
  }

  private static Value gpus(Node node) {
    return Value.of("%d of %d".formatted(node.requested().gpus(), node.allocatable().gpus()));
  }

  private static String cores(long millicores) {
    return new Value.Cores(millicores).roughly();
  }
}
