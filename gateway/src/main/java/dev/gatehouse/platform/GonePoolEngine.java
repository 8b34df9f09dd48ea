package dev.gatehouse.platform;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.nodes.PoolEngine;
import dev.gatehouse.platform.Part.GonePool;
import dev.gatehouse.platform.pools.MadePools;
import dev.gatehouse.platform.pools.PoolEngines;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Takes a pool away that the definition no longer has. */
final class GonePoolEngine implements Engine<GonePool> {
  private final PoolEngines engines;
  private final MadePools made;

  GonePoolEngine(PoolEngines engines, MadePools made) {
    this.engines = engines;
    this.made = made;
  }

  @Override
  public PartPlan plan(GonePool part) {
    var change =
        ObjectChange.delete(PoolPartEngine.key(part.pool()))
            .noted(engine(part).map(e -> "by " + e.name()).orElse(part.engine().word()));
    return new PartPlan(
        part,
        List.of(engine(part).isPresent() ? change : change.refused(missing(part))),
        Optional.empty());
  }

  @Override
  public void apply(GonePool part, PartPlan plan, Consumer<String> waits)
      throws InterruptedException {
    engine(part).orElseThrow(() -> new FailureException(missing(part))).remove(part.pool(), waits);
    made.forget(part.pool());
  }

  private Optional<PoolEngine> engine(GonePool part) {
    return engines.of(part.engine(), part.cloud());
  }

  private static Failure missing(GonePool part) {
    return new Failure.Unavailable(
        "pool-engine-missing",
        "pool %s was made by %s, which the definition no longer names: say cloud.aws again until the pool is gone"
            .formatted(part.pool(), part.engine().word()));
  }
}
