package dev.gatehouse.platform.pools;

import dev.gatehouse.cluster.AwsSettings.NodeEngine;
import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.Pool;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.nodes.NodeReportText;
import dev.gatehouse.nodes.PoolIssue;
import dev.gatehouse.nodes.PoolReport;
import dev.gatehouse.nodes.PoolReport.Entry;
import dev.gatehouse.nodes.PoolReportText;
import dev.gatehouse.nodes.PoolState;
import dev.gatehouse.platform.objects.LiveObjects;
import dev.gatehouse.platform.objects.ObjectKey;
import dev.gatehouse.platform.objects.Trees;
import dev.gatehouse.platform.pools.PoolEngines.Choice;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the gateways how it stands with each pool of the definition, since they have no right to
 * look: into the ConfigMap of the operator's status, under a key of its own, which also keeps how
 * long nodes take.
 */
public final class PoolPublisher {
  /** How often {@link #round} wants to be called: a cloud is asked each time. */
  public static final Duration PAUSE = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(PoolPublisher.class);

  private final LiveObjects live;
  private final PoolEngines engines;
  private final ObjectKey place;
  private final InstantSource clock;

  /**
   * @param namespace of the operator and its status
   */
  public PoolPublisher(
      LiveObjects live, PoolEngines engines, String namespace, InstantSource clock) {
    this.live = live;
    this.engines = engines;
    this.place = new ObjectKey("v1", "ConfigMap", namespace, NodeReportText.CONFIG_MAP);
    this.clock = clock;
  }

  /** Looks, and publishes what it sees. A failure is logged: the next round tries again. Blocks. */
  public void round(ClusterDefinition definition) {
    try {
      var before = last();
      if (definition.pools().isEmpty() && before.filter(b -> !b.pools().isEmpty()).isEmpty()) {
        return;
      }
      var report = look(definition, before);
      live.merge(place, Map.of("data", Map.of(PoolReportText.KEY, PoolReportText.of(report))));
    } catch (FailureException e) {
      LOG.warn("[pools-not-published] gateways are not told of the pools: {}", e.getMessage());
    }
  }

  private Optional<PoolReport> last() {
    return live.get(place)
        .map(map -> Trees.text(Trees.map(map.tree().get("data")).get(PoolReportText.KEY)))
        .flatMap(PoolReportText::read);
  }

  private PoolReport look(ClusterDefinition definition, Optional<PoolReport> before) {
    var choice =
        definition.pools().isEmpty() ? Optional.<Choice>empty() : Optional.of(choice(definition));
    return new PoolReport(
        clock.instant(),
        definition.pools().values().stream()
            .map(pool -> entry(pool, choice.orElseThrow(), before.flatMap(b -> b.of(pool.name()))))
            .toList());
  }

  /** For whoever looks with their own credentials, such as {@code gatehouse doctor}. */
  public PoolReport look(ClusterDefinition definition) {
    return look(definition, Optional.empty());
  }

  private Choice choice(ClusterDefinition definition) {
    try {
      return engines.choose(definition.cloud());
    } catch (FailureException e) {
      return new Choice.Missing(e.failure());
    }
  }

  private Entry entry(Pool pool, Choice choice, Optional<Entry> before) {
    var starts = PoolStarts.of(before);
    return switch (choice) {
      case Choice.Missing(var why) -> unseen(pool, "nobody", false, why, starts);
      case Choice.Chosen(var kind, var engine) -> {
        var makes = kind != NodeEngine.NONE;
        try {
          var now = engine.look(pool);
          starts = starts.with(PoolNodes.of(live, pool.name()), this::claimed);
          yield now.isPresent()
              ? seen(now.get(), makes, starts)
              : unseen(
                  pool,
                  engine.name(),
                  makes,
                  new Failure.Unavailable("PoolMissing", "it is not made yet"),
                  starts);
        } catch (FailureException e) {
          yield unseen(pool, engine.name(), makes, e.failure(), starts);
        }
      }
    };
  }

  private Optional<Instant> claimed(String nodeClaim) {
    return live.get(new ObjectKey(Provisioner.GROUP_VERSION, "NodeClaim", "", nodeClaim))
        .map(PoolStarts::created);
  }

  private static Entry seen(PoolState state, boolean makes, PoolStarts starts) {
    return new Entry(
        state.name().value(),
        state.engine(),
        makes,
        state.decidedBy(),
        true,
        state.min(),
        state.max() == PoolState.UNBOUNDED ? Optional.empty() : Optional.of(state.max()),
        boxed(state.desired()),
        state.ready(),
        state.instanceTypes(),
        state.spot(),
        state.issues(),
        starts.seconds(),
        starts.newest());
  }

  private static Entry unseen(
      Pool pool, String engine, boolean makes, Failure why, PoolStarts starts) {
    return new Entry(
        pool.name().value(),
        engine,
        makes,
        Optional.empty(),
        false,
        0,
        Optional.empty(),
        Optional.empty(),
        0,
        List.of(),
        false,
        List.of(new PoolIssue(why.code(), why.message(), Optional.empty())),
        starts.seconds(),
        starts.newest());
  }

  private static Optional<Integer> boxed(OptionalInt number) {
    return number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
  }
}
