package dev.gatehouse.cluster;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.cluster.Placement.Obstacle;
import dev.gatehouse.name.PoolName;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where a machine type runs. A type that names no pool runs wherever it fits; one that fits nowhere
 * is refused, since all its starts would wait for ever.
 *
 * @param type its section
 */
record PlacementReader(Section type, Pools pools, References references) {
  private static final int SHOWN = 5;

  /**
   * @param byName none where nobody has said which nodes there are
   * @param sound whether nothing is wrong with them
   */
  record Pools(NavigableMap<PoolName, Pool> byName, boolean sound) {}

  /** The pool, if the type names one. */
  Optional<Pool> pool() {
    return type.get("pool", references::pool).map(pools.byName()::get);
  }

  /**
   * @param sound whether nothing is wrong with what was read: if not, a type may seem too large
   */
  Hardware place(Hardware hardware, boolean sound) {
    var pool = hardware.pool().map(pools.byName()::get);
    if (sound && pools.sound()) {
      pool.ifPresentOrElse(p -> checkIn(p, hardware), () -> checkAnywhere(hardware));
    }
    return pool.map(p -> Placement.in(p, hardware)).orElse(hardware);
  }

  private void checkIn(Pool pool, Hardware hardware) {
    Placement.size(hardware, pool).forEach(this::refuse);
    warnOfWholeNode(hardware, pool);
  }

  /**
   * A size that no pool has is refused. Taints and labels are only worth a look: there may be nodes
   * that nobody has named.
   */
  private void checkAnywhere(Hardware hardware) {
    var tooLarge = obstacles(pool -> Placement.size(hardware, pool));
    var others = obstacles(pool -> Placement.rules(hardware, pool));
    if (!tooLarge.isEmpty()) {
      type.note(
          sentence(tooLarge) + "; first add a pool that can, or let the type ask for less",
          keys(tooLarge));
    } else if (!others.isEmpty()) {
      type.warn(sentence(others), keys(others));
    }
  }

  /** The first one of each pool; none if there is a pool without any. */
  private List<Obstacle> obstacles(Function<Pool, List<Obstacle>> found) {
    var all = pools.byName().values().stream().map(found).toList();
    return all.stream().anyMatch(List::isEmpty)
        ? List.of()
        : all.stream().map(List::getFirst).toList();
  }

  private void refuse(Obstacle obstacle) {
    type.note(type.name() + " " + obstacle.what(), List.of(obstacle.key(), "pool"));
  }

  /** The system's own pods need some of each node. */
  private void warnOfWholeNode(Hardware hardware, Pool pool) {
    var sentence =
        "%s asks for all the %s of a node of pool %s: no node has room for it beside the system's"
            + " own pods";
    if (pool.cpu().filter(cpu -> cpu.compareTo(hardware.cpu()) == 0).isPresent()) {
      type.warn(sentence.formatted(type.name(), "cores", pool.name()), List.of("cpu", "pool"));
    }
    if (pool.memory().filter(memory -> memory.compareTo(hardware.memory()) == 0).isPresent()) {
      type.warn(sentence.formatted(type.name(), "memory", pool.name()), List.of("memory", "pool"));
    }
  }

  private String sentence(List<Obstacle> obstacles) {
    return "no pool can hold %s: it %s%s"
        .formatted(
            type.name(),
            obstacles.stream().limit(SHOWN).map(Obstacle::what).collect(joining("; it ")),
            obstacles.size() > SHOWN ? "; …" : "");
  }

  private static List<String> keys(List<Obstacle> obstacles) {
    return obstacles.stream().map(Obstacle::key).distinct().toList();
  }
}
