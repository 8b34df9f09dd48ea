package dev.gatehouse.platform.commands;

import dev.gatehouse.platform.Desired;
import dev.gatehouse.platform.objects.LiveObjects;
import dev.gatehouse.platform.pools.MadePools;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what an apply would do. */
@Command(
    name = "plan",
    description = {
      "Shows what apply would create, change, replace and delete in the cluster of the kubeconfig's"
          + " current context. Changes nothing, and needs no right to.",
      "The exit status is 0 if nothing would change, and 2 if something would."
    },
    mixinStandardHelpOptions = true)
public final class PlanCommand implements Callable<Integer> {
  static final int CHANGES = 2;

  @Mixin private PlatformOptions options = new PlatformOptions();

  @Option(names = "--json", description = "Print the plan as JSON.")
  private boolean json;

  @Option(names = "--adopt", description = "Take over objects that no release of Helm's claims.")
  private boolean isAdopting;

  /** Its options are picocli's to set. */
  PlanCommand() {}

  PlanCommand(PlatformOptions options, boolean json) {
    this.options = options;
    this.json = json;
  }

  @Override
  public Integer call() {
    try (var bench = Workbench.open()) {
      return run(bench, Screen.ofThisProcess());
    }
  }

  int run(Workbench bench, Screen screen) {
    var written = options.read();
    var namespace = Desired.namespace(written.definition());
    var desired = new Desired(written.definition(), options.charts());
    var parts = new ArrayList<>(desired.all(written.text(), Optional.empty()));
    parts.addAll(desired.gone(new MadePools(new LiveObjects(bench.client()), namespace).all()));
    var plan = bench.platform(namespace, isAdopting, Duration.ZERO, Optional.empty()).plan(parts);
    var onPeople = bench.effects(namespace).of(plan, written.definition());
    if (json) {
      screen.line(PlanJson.of(plan, onPeople));
    } else {
      PlanText.of(plan, onPeople, screen.isTerminal()).forEach(screen::line);
    }
    return plan.isEmpty() ? 0 : CHANGES;
  }
}
