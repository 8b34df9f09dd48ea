package dev.gatehouse.platform;

import dev.gatehouse.platform.Part.StackPart;
import dev.gatehouse.platform.stacks.DesiredStacks;
import dev.gatehouse.platform.stacks.Stack;
import dev.gatehouse.platform.stacks.StackEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;

/**
 * The parts of a plan that are in the cloud account. They come before all others: the cluster is
 * one of them.
 */
public final class Account {
  private final StackEngine stacks;
  private final Engine<StackPart> engine;

  public Account(StackEngine stacks) {
    this.stacks = stacks;
    this.engine = new StackPartEngine(stacks);
  }

  /**
   * Compares the stacks with what is there. Only reads.
   *
   * @param cluster its name
   * @param wanted in their order
   */
  public Plan plan(String cluster, List<Stack> wanted) {
    var parts = new ArrayList<PartPlan>();
    wanted.forEach(stack -> parts.add(engine.plan(new StackPart(stack, false))));
    DesiredStacks.stale(cluster, stacks.present(), wanted)
        .forEach(
            name ->
                parts.add(
                    engine.plan(
                        new StackPart(
                            new Stack(
                                name,
                                Path.of(""),
                                Collections.unmodifiableSortedMap(new TreeMap<>())),
                            true))));
    return new Plan(List.copyOf(parts));
  }

  /**
   * Carries out a plan of this, one stack after the other. CloudFormation itself lets nobody change
   * a stack that another is changing.
   */
  public void apply(Plan plan, Progress progress) throws InterruptedException {
    for (var i = 0; i < plan.parts().size(); i++) {
      var part = plan.parts().get(i);
      try {
        progress.begins(part);
        engine.apply((StackPart) part.part(), part, waits -> progress.waits(part, waits));
        progress.done(part);
      } catch (RuntimeException | InterruptedException e) {
        progress.stops(part, plan.parts().subList(i, plan.parts().size()));
        throw e;
      }
    }
  }
}
