package dev.gatehouse.platform.commands;

import dev.gatehouse.platform.Desired;
import dev.gatehouse.platform.NewCluster;
import dev.gatehouse.platform.Plan;
import dev.gatehouse.platform.objects.LiveObjects;
import dev.gatehouse.platform.pools.MadePools;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what an apply would do. */
@Command(
    name = "plan",
    description = {
      "Shows what apply would create, change, replace and delete, in the account that the"
          + " definition names (cloud.aws) and in its cluster, or else in that of the kubeconfig's"
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
    try (var site = Site.ofThisProcess()) {
      return run(site, Screen.ofThisProcess());
    }
  }

  int run(Site site, Screen screen) {
    var written = options.read();
    var cloud = site.cloud(written.definition(), options.charts());
    if (cloud.filter(c -> !c.hasCluster()).isPresent()) {
      try (var charts = site.charts().get()) {
        var parts =
            new Desired(written.definition(), options.charts())
                .all(written.text(), Optional.empty());
        var rest = new NewCluster(charts, Desired.namespace(written.definition())).plan(parts);
        return show(cloud.get().plan().then(rest), List.of(), screen);
      }
    }
    try (var bench = site.bench(cloud)) {
      var inAccount = cloud.map(Cloud::plan).orElse(Plan.NOTHING);
      var exit = run(bench, written, inAccount, screen);
      if (!json) {
        cloud.map(Cloud::notes).orElse(List.of()).forEach(note -> screen.line("Note: " + note));
      }
      return exit;
    }
  }

  int run(Workbench bench, Screen screen) {
    return run(bench, options.read(), Plan.NOTHING, screen);
  }

  private int run(Workbench bench, PlatformOptions.Written written, Plan inAccount, Screen screen) {
    var namespace = Desired.namespace(written.definition());
    var desired = new Desired(written.definition(), options.charts());
    var parts = new ArrayList<>(desired.all(written.text(), Optional.empty()));
    parts.addAll(desired.gone(new MadePools(new LiveObjects(bench.client()), namespace).all()));
    var plan = bench.platform(namespace, isAdopting, Duration.ZERO, Optional.empty()).plan(parts);
    return show(
        inAccount.then(plan), bench.effects(namespace).of(plan, written.definition()), screen);
  }

  private int show(Plan plan, List<String> onPeople, Screen screen) {
    if (json) {
      screen.line(PlanJson.of(plan, onPeople));
    } else {
      PlanText.of(plan, onPeople, screen.isTerminal()).forEach(screen::line);
    }
    return plan.isEmpty() ? 0 : CHANGES;
  }
}
