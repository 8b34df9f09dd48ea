package dev.gatehouse.platform.doctor;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.Pool;
import dev.gatehouse.doctor.Finding;
import dev.gatehouse.nodes.PoolReport;
import dev.gatehouse.nodes.PoolReport.Entry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether somebody makes the nodes of each pool, and nothing is in the way. */
final class PoolsCheck extends Looking {
  private final Supplier<Optional<PoolReport>> pools;
  private final Supplier<ClusterDefinition> definition;
  private final InstantSource clock;

  PoolsCheck(
      Supplier<Optional<PoolReport>> pools,
      Supplier<ClusterDefinition> definition,
      InstantSource clock) {
    this.pools = pools;
    this.definition = definition;
    this.clock = clock;
  }

  @Override
  public String subject() {
    return "Pools";
  }

  @Override
  List<Finding> look() {
    var wished = definition.get().pools();
    if (wished.isEmpty()) {
      return List.of(Finding.ok("the definition has none: workspaces run where there is room"));
    }
    var report = pools.get();
    if (report.filter(r -> r.isFresh(clock.instant())).isEmpty()) {
      return List.of(
          report.isEmpty()
              ? Finding.notChecked(
                  "pools are not known here", "run 'gatehouse doctor' with a kubeconfig")
              : Finding.warning(
                  "the operator tells no more of pools", "look at its pod: gatehouse-operator"));
    }
    var findings = new ArrayList<Finding>();
    wished.values().forEach(pool -> findings.addAll(of(pool, report.get().of(pool.name()))));
    return findings.isEmpty()
        ? List.of(Finding.ok("all %d have the nodes that they should".formatted(wished.size())))
        : findings;
  }

  private static List<Finding> of(Pool pool, Optional<Entry> found) {
    if (found.isEmpty()) {
      return List.of(
          Finding.warning(
              "pool %s is not looked at yet".formatted(pool.name()), "try again in a minute"));
    }
    var entry = found.get();
    var findings = new ArrayList<Finding>();
    var see = "see 'gate pool show %s'".formatted(pool.name());
    entry
        .issues()
        .forEach(
            issue ->
                findings.add(
                    Finding.warning(
                        "pool %s: %s (%s)".formatted(pool.name(), issue.sentence(), issue.code()),
                        see)));
    int least = pool.nodes().orElse(entry.min());
    if (entry.makes() && entry.ready() < least) {
      findings.add(
          Finding.problem(
              "pool %s has %d of %d nodes ready".formatted(pool.name(), entry.ready(), least),
              see));
    }
    if (!entry.makes() && pool.max().isPresent() && entry.issues().isEmpty()) {
      findings.add(
          Finding.ok(
              "pool %s: nobody here makes its nodes, so max: %d bounds nothing"
                  .formatted(pool.name(), pool.max().get())));
    }
    return findings;
  }
}
