package dev.gatehouse.console.commands.cluster;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.OperatorStatus;
import dev.gatehouse.console.OperatorStatus.Part;
import dev.gatehouse.console.OperatorStatus.Report;
import dev.gatehouse.console.changes.OperatorWatch;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Table;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

final class ClusterApply implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "cluster apply",
          Access.ADMINISTRATOR,
          "Have the operator try again at once, and watch it until it rests",
          "cluster apply",
          "cluster apply --status");

  private static final Report NOTHING =
      new Report(0, Optional.empty(), List.of(), Optional.empty());

  @Option(names = "--status", description = "Only show how far it is.")
  private boolean status;

  @Override
  public void run(Call call) throws InterruptedException {
    var definitions = call.services().definitions();
    var operator = definitions.operator().orElseThrow(ClusterApply::noCluster);
    if (!status) {
      new OperatorWatch(call, operator).run("cluster apply");
    }
    call.show(details(definitions.store().current().number(), operator));
    if (!status) {
      requireDone(operator);
    }
  }

  /** Whoever asked for an apply in a script must learn that not all of it was done. */
  private static void requireDone(OperatorStatus operator) {
    var open =
        operator.report().stream()
            .flatMap(report -> report.parts().stream())
            .filter(part -> !part.state().equals("applied"))
            .toList();
    if (!open.isEmpty()) {
      throw new FailureException(
          new Failure.Unavailable(
              "apply-incomplete",
              "not all of the platform is as the definition says: "
                  + open.stream()
                      .map(part -> "%s is %s".formatted(part.name(), part.state()))
                      .collect(joining(", "))));
    }
  }

  private static FailureException noCluster() {
    return new FailureException(
        new Failure.Unavailable(
            "no-cluster",
            "there is no cluster here that an operator could change: the definition is in force as"
                + " soon as it is saved"));
  }

  private static Result details(long current, OperatorStatus operator) {
    var report = operator.report().orElse(NOTHING);
    return Result.Details.of(
            Result.field("revision", new Value.Count(current)),
            Result.field("seen by the operator", new Value.Count(report.revision())),
            Result.field("reported", Value.ofMoment(report.since())))
        .with(
            "parts",
            Table.of(report.parts())
                .column("part", Table.Fit.WHOLE, p -> Value.of(p.name()))
                .column("state", Table.Fit.WHOLE, p -> Value.of(p.state()))
                .column("message", Table.Fit.WRAP, ClusterApply::message)
                .whenEmpty("The operator has not reported yet."));
  }

  private static Value message(Part part) {
    return part.message().isEmpty() ? new Value.None() : Value.of(part.message());
  }
}
