package dev.gatehouse.platform;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.name.PoolName;
import dev.gatehouse.nodes.PoolDifference;
import dev.gatehouse.platform.Part.PoolPart;
import dev.gatehouse.platform.objects.ObjectKey;
import dev.gatehouse.platform.pools.MadePools;
import dev.gatehouse.platform.pools.PoolEngines;
import dev.gatehouse.platform.pools.PoolEngines.Choice;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes the nodes of a pool, by the engine that makes nodes in this cluster. */
final class PoolPartEngine implements Engine<PoolPart> {
  private final PoolEngines engines;
  private final MadePools made;

  PoolPartEngine(PoolEngines engines, MadePools made) {
    this.engines = engines;
    this.made = made;
  }

  /** How a plan names a pool, whatever it is made of. */
  static ObjectKey key(PoolName pool) {
    return new ObjectKey("gatehouse.dev/v1", "Pool", "", pool.value());
  }

  @Override
  public PartPlan plan(PoolPart part) {
    return switch (engines.choose(part.cloud())) {
      case Choice.Missing(var why) -> refused(part, why);
      case Choice.Chosen chosen -> {
        try {
          yield new PartPlan(part, changes(part, chosen), Optional.empty());
        } catch (FailureException e) {
          // One pool that cannot be looked at must not keep the rest from being planned.
          yield refused(part, e.failure());
        }
      }
    };
  }

  private static PartPlan refused(PoolPart part, Failure why) {
    return new PartPlan(
        part,
        List.of(ObjectChange.change(key(part.pool().name()), List.of()).refused(why)),
        Optional.empty());
  }

  private static List<ObjectChange> changes(PoolPart part, Choice.Chosen chosen) {
    var now = chosen.engine().look(part.pool());
    var differences = chosen.engine().differences(part.pool(), now);
    if (differences.isEmpty()) {
      return List.of();
    }
    var key = key(part.pool().name());
    var fields =
        differences.stream()
            .filter(d -> d.before().isPresent() || d.after().isPresent())
            .map(d -> new FieldChange(d.field(), d.before(), d.after()))
            .toList();
    var by = "by " + chosen.engine().name();
    var change =
        now.isEmpty()
            ? ObjectChange.create(key).noted(by)
            : differences.stream().anyMatch(PoolDifference::replaces)
                ? ObjectChange.change(key, fields)
                    .as(ObjectChange.Action.REPLACE, by + ": its nodes are made anew")
                : ObjectChange.change(key, fields).noted(by);
    return List.of(
        differences.stream()
            .flatMap(d -> d.refusal().stream())
            .findFirst()
            .map(change::refused)
            .orElse(change));
  }

  @Override
  public void apply(PoolPart part, PartPlan plan, Consumer<String> waits)
      throws InterruptedException {
    switch (engines.choose(part.cloud())) {
      case Choice.Missing(var why) -> throw new FailureException(why);
      case Choice.Chosen chosen -> {
        // Before it is made: one whose making dies half-way must be taken away by somebody.
        made.remember(part.pool().name(), chosen.kind());
        chosen.engine().apply(part.pool(), waits);
      }
    }
  }
}
