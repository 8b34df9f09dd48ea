package dev.gatehouse.platform.pools;

import dev.gatehouse.cluster.Pool;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.name.PoolName;
import dev.gatehouse.nodes.PoolDifference;
import dev.gatehouse.nodes.PoolEngine;
import dev.gatehouse.nodes.PoolState;
import dev.gatehouse.platform.objects.KubernetesObject;
import dev.gatehouse.platform.objects.LiveObjects;
import dev.gatehouse.platform.objects.ObjectKey;
import dev.gatehouse.platform.objects.Trees;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Karpenter, of its own chart or inside EKS Auto Mode: a pool is a NodePool, and what its nodes
 * boot a node class. A pool that says {@code nodes} has that many (a static NodePool); each other
 * has nodes as long as pods need them, {@code max} at most.
 */
final class Karpenter implements PoolEngine {
  /** It says within seconds what it makes of a NodePool, and nothing else is done meanwhile. */
  private static final Duration TAKEN_UP_WITHIN = Duration.ofMinutes(2);

  private final Provisioner provisioner;
  private final LiveObjects live;
  private final Patience patience;
  private final NodeClasses classes;

  Karpenter(Provisioner provisioner, LiveObjects live, Patience patience) {
    this.provisioner = provisioner;
    this.live = live;
    this.patience = patience;
    this.classes = new NodeClasses(provisioner, live);
  }

  @Override
  public String name() {
    return provisioner.toString();
  }

  @Override
  public Optional<PoolState> look(Pool pool) {
    return live.get(NodePools.key(pool.name())).map(nodePool -> state(pool, nodePool));
  }

  private PoolState state(Pool pool, KubernetesObject nodePool) {
    var nodes = PoolNodes.of(live, pool.name());
    var replicas = number(nodePool.spec().get("replicas"));
    return new PoolState(
        pool.name(),
        name(),
        replicas.orElse(0),
        number(Trees.at(nodePool.spec(), "limits.nodes").orElse(null)).orElse(PoolState.UNBOUNDED),
        replicas.isPresent() ? replicas : number(nodePool.status().get("nodes")),
        nodes.ready(),
        NodePoolFields.instanceTypes(nodePool),
        NodePoolFields.isSpot(nodePool.spec()),
        new KarpenterIssues(provisioner, live, patience.clock()).of(pool, nodePool),
        replicas.isPresent() ? Optional.empty() : Optional.of(name()));
  }

  /** A number or, where the API takes a quantity, its text. */
  private static OptionalInt number(@Nullable Object node) {
    var text = Trees.text(node);
    return text.matches("[0-9]{1,9}")
        ? OptionalInt.of(Integer.parseInt(text))
        : OptionalInt.empty();
  }

  // ---- what would change ----

  @Override
  public List<PoolDifference> differences(Pool pool, Optional<PoolState> now) {
    var there = live.get(NodePools.key(pool.name()));
    var wanted = new NodePools(provisioner, pool, classes.nameFor(pool)).object();
    var differences = new ArrayList<PoolDifference>();
    compare(NodePoolFields.of(wanted), there.map(NodePoolFields::of).orElse(Map.of()), differences);
    classes
        .wanted(pool)
        .ifPresent(
            own ->
                compare(
                    NodePoolFields.ofClass(own),
                    live.get(own.key()).map(NodePoolFields::ofClass).orElse(Map.of()),
                    differences));
    refusal(pool, there)
        .ifPresent(
            why ->
                differences.addFirst(
                    PoolDifference.of("the pool as a whole", "", "").refused(why)));
    return List.copyOf(differences);
  }

  private static void compare(
      Map<String, String> wanted, Map<String, String> there, List<PoolDifference> differences) {
    wanted.forEach(
        (field, after) -> {
          var before = there.getOrDefault(field, "");
          if (!after.equals(before)) {
            differences.add(PoolDifference.of(field, before, after));
          }
        });
  }

  /** What Karpenter or its API would refuse, said before anybody asks it. */
  private Optional<Failure> refusal(Pool pool, Optional<KubernetesObject> there) {
    if (there.filter(nodePool -> !NodePools.isOurs(nodePool)).isPresent()) {
      return Optional.of(
          new Failure.Denied(
              "pool-not-ours",
              "%s is there already and belongs to %s: give the pool another name, or delete it there"
                  .formatted(there.get().key(), there.get().owner())));
    }
    if (there
        .filter(nodePool -> nodePool.spec().containsKey("replicas") != pool.nodes().isPresent())
        .isPresent()) {
      return Optional.of(
          new Failure.Denied(
              "pool-kind-fixed",
              "%s cannot switch pool %s between a fixed number of nodes (nodes) and nodes on demand: remove the pool, and add it anew"
                  .formatted(name(), pool.name())));
    }
    return labelRefusal(pool).or(() -> classes.refusal(pool));
  }

  /** Of the domains that are Karpenter's own; the API would refuse them one by one. */
  private Optional<Failure> labelRefusal(Pool pool) {
    return pool.labels().keySet().stream()
        .filter(
            label ->
                label.startsWith("karpenter.sh/")
                    || label.startsWith(provisioner.classGroup() + "/")
                    || label.equals("kubernetes.io/hostname"))
        .findFirst()
        .map(
            label ->
                new Failure.Denied(
                    "pool-label-refused",
                    "the label %s is %s's own: take it away".formatted(label, name())));
  }

  // ---- making it so ----

  @Override
  public void apply(Pool pool, Consumer<String> waits) throws InterruptedException {
    var wanted = new NodePools(provisioner, pool, classes.nameFor(pool)).object();
    var own = classes.wanted(pool);
    own.ifPresent(live::apply);
    live.apply(wanted);
    if (own.isEmpty()) {
      deleteOwnClass(pool.name());
    }
    var isReady =
        patience
            .atMost(TAKEN_UP_WITHIN)
            .until(
                () -> {
                  waits.accept("%s: %s has not taken it up yet".formatted(wanted.key(), name()));
                  return live.get(wanted.key()).filter(Karpenter::isTakenUp).isPresent();
                });
    if (!isReady) {
      throw new FailureException(notTakenUp(wanted.key()));
    }
  }

  /** It says so of the generation that was applied. */
  private static boolean isTakenUp(KubernetesObject nodePool) {
    var generation = Trees.number(nodePool.metadata().get("generation"), 0);
    return Conditions.of(nodePool, "Ready")
        .filter(Conditions::isTrue)
        .filter(c -> Trees.number(c.get("observedGeneration"), generation) >= generation)
        .isPresent();
  }

  private Failure notTakenUp(ObjectKey key) {
    var why =
        live.get(key)
            .flatMap(nodePool -> Conditions.of(nodePool, "Ready"))
            .map(c -> Trees.text(c.get("message")))
            .filter(message -> !message.isEmpty())
            .orElse("%s does not answer; see its log".formatted(name()));
    return new Failure.Unavailable("pool-not-ready", "%s is not in force: %s".formatted(key, why));
  }

  @Override
  public void remove(PoolName name, Consumer<String> waits) throws InterruptedException {
    var key = NodePools.key(name);
    if (live.get(key).filter(NodePools::isOurs).isPresent()) {
      live.delete(key);
      var isGone =
          patience.until(
              () -> {
                waits.accept(
                    "%s: %d nodes are left".formatted(key, PoolNodes.of(live, name).all().size()));
                return live.get(key).isEmpty();
              });
      if (!isGone) {
        throw new FailureException(
            new Failure.Unavailable(
                "pool-ending",
                "%s is being deleted: its nodes go when what runs on them has ended"
                    .formatted(key)));
      }
    }
    deleteOwnClass(name);
  }

  private void deleteOwnClass(PoolName name) {
    var key = provisioner.nodeClass(NodePools.nameOf(name));
    if (live.get(key).filter(NodePools::isOurs).isPresent()) {
      live.delete(key);
    }
  }
}
