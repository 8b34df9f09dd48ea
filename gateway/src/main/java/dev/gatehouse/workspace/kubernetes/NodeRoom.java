package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.Hardware;
import dev.gatehouse.cluster.Pool;
import dev.gatehouse.nodes.Amount;
import dev.gatehouse.nodes.NodeOverview;
import dev.gatehouse.text.Plural;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Tells whether a node could ever hold a machine type, by the nodes that there are and the pools
 * that may get more. Labels and taints are the scheduler's to judge: see {@link Shortage}.
 */
record NodeRoom(NodeOverview nodes, Supplier<ClusterDefinition> definition, InstantSource clock) {
  private static final BigDecimal MILLI = BigDecimal.valueOf(1000);
  private static final BigDecimal GIB = BigDecimal.valueOf(1L << 30);

  /**
   * A machine type that is larger than each node of now, were it empty.
   *
   * @param words such as {@code it asks for 64 CPUs; the largest node has 2}
   * @param isFinal whether no larger node can come: the definition names the pools of the cluster,
   *     and none can grow by one. Where it names none, a site's own autoscaler may make one
   */
  record Oversize(String words, boolean isFinal) {}

  /** Empty if a node can hold it, or nobody has told of the nodes lately. May block a moment. */
  Optional<Oversize> oversize(Hardware wanted) {
    return nodes
        .latest()
        .filter(report -> report.isFresh(clock.instant()))
        .map(report -> report.nodes().stream().map(n -> n.allocatable()).toList())
        .filter(all -> !all.isEmpty() && all.stream().noneMatch(has -> holds(has, wanted)))
        .flatMap(all -> oversize(wanted, all));
  }

  private Optional<Oversize> oversize(Hardware wanted, List<Amount> all) {
    var pools = definition.get().pools().values();
    var complete = all.size() >= pools.stream().mapToInt(Pool::min).sum();
    return pools.stream().anyMatch(pool -> mayGrow(pool, wanted, complete))
        ? Optional.empty()
        : Optional.of(new Oversize(words(wanted, all), !pools.isEmpty()));
  }

  static boolean holds(Amount has, Hardware wanted) {
    return wanted.cpu().millicores() <= has.millicores()
        && wanted.memory().bytes() <= has.memoryBytes()
        && wanted.gpus() <= gpus(has, wanted);
  }

  private static long gpus(Amount has, Hardware wanted) {
    return has.devices().getOrDefault(wanted.gpuResource(), 0L);
  }

  /** Whether the pool may get a node that holds it; what it does not say of its nodes may do. */
  private static boolean mayGrow(Pool pool, Hardware wanted, boolean complete) {
    return wanted.pool().filter(name -> !name.equals(pool.name())).isEmpty()
        && pool.max().filter(max -> max == 0 || (complete && max == pool.min())).isEmpty()
        && pool.canHold(wanted);
  }

  private static String words(Hardware wanted, List<Amount> all) {
    if (most(all, Amount::millicores) < wanted.cpu().millicores()) {
      return tooMuch(cpus(wanted.cpu().millicores()), number(most(all, Amount::millicores), MILLI));
    }
    if (most(all, Amount::memoryBytes) < wanted.memory().bytes()) {
      return tooMuch(
          memory(wanted.memory().bytes()), number(most(all, Amount::memoryBytes), GIB) + " GiB");
    }
    if (most(all, has -> gpus(has, wanted)) < wanted.gpus()) {
      return tooMuch(
          Plural.of(wanted.gpus(), "GPU"), String.valueOf(most(all, has -> gpus(has, wanted))));
    }
    return "it asks for %s and %s%s, and no node has them together"
        .formatted(
            cpus(wanted.cpu().millicores()),
            memory(wanted.memory().bytes()),
            wanted.gpus() == 0 ? "" : " and " + Plural.of(wanted.gpus(), "GPU"));
  }

  private static String tooMuch(String wanted, String most) {
    return "it asks for %s; the largest node has %s".formatted(wanted, most);
  }

  private static long most(List<Amount> all, ToLongFunction<Amount> part) {
    return all.stream().mapToLong(part).max().orElse(0);
  }

  private static String cpus(long millicores) {
    return number(millicores, MILLI) + (millicores == 1000 ? " CPU" : " CPUs");
  }

  private static String memory(long bytes) {
    return number(bytes, GIB) + " GiB of memory";
  }

  /** Rounded down: a node that nearly has enough must not seem to have it. */
  private static String number(long amount, BigDecimal unit) {
    return BigDecimal.valueOf(amount)
        .divide(unit, 2, RoundingMode.DOWN)
        .stripTrailingZeros()
        .toPlainString();
  }
}
