package dev.gatehouse.cluster;

import dev.gatehouse.cluster.Hardware.Toleration;
import dev.gatehouse.cluster.Pool.Effect;
import dev.gatehouse.cluster.Pool.Taint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;

/** Which nodes a workspace can run on, if a pool has them. */
final class Placement {
  private Placement() {}

  /**
   * Why something cannot run on a pool's nodes.
   *
   * @param key of the machine type
   * @param what the rest of a sentence that begins with the type
   */
  record Obstacle(String key, String what) {}

  /**
   * The same, in that pool and nowhere else. Only the pool's own label is asked for: its other
   * labels may be changed while nodes run that do not have them yet.
   */
  static Hardware in(Pool pool, Hardware hardware) {
    var selector = new TreeMap<>(hardware.nodeSelector());
    selector.put(Pool.LABEL, pool.name().value());
    var tolerations = new ArrayList<>(hardware.tolerations());
    pool.taints().stream()
        .filter(taint -> !tolerates(hardware, taint))
        .forEach(taint -> tolerations.add(new Toleration(taint.key(), taint.value())));
    return hardware.placed(
        Collections.unmodifiableNavigableMap(selector), List.copyOf(tolerations));
  }

  /** Why one node of the pool, though it were empty, could not hold it. */
  static List<Obstacle> size(Hardware hardware, Pool pool) {
    var obstacles = new ArrayList<Obstacle>();
    pool.cpu()
        .filter(cpu -> hardware.cpu().compareTo(cpu) > 0)
        .ifPresent(cpu -> obstacles.add(tooLarge("cpu", hardware.cpu(), pool, cpu)));
    pool.memory()
        .filter(memory -> hardware.memory().compareTo(memory) > 0)
        .ifPresent(memory -> obstacles.add(tooLarge("memory", hardware.memory(), pool, memory)));
    if (hardware.gpus() > pool.gpus()) {
      obstacles.add(tooLarge("gpus", hardware.gpus(), pool, pool.gpus()));
    } else if (hardware.gpus() > 0 && !hardware.gpuResource().equals(pool.gpuResource())) {
      obstacles.add(
          new Obstacle(
              "gpuResource",
              "asks for %s, and pool %s has %s"
                  .formatted(hardware.gpuResource(), pool.name(), pool.gpuResource())));
    }
    return obstacles;
  }

  /** Why the nodes of the pool are not for it. */
  static List<Obstacle> rules(Hardware hardware, Pool pool) {
    var obstacles = new ArrayList<Obstacle>();
    hardware
        .nodeSelector()
        .forEach(
            (key, value) -> {
              if (!pool.labels().getOrDefault(key, value).equals(value)) {
                obstacles.add(
                    new Obstacle(
                        "nodeSelector",
                        "asks for the label %s: %s, and pool %s has %s"
                            .formatted(key, value, pool.name(), pool.labels().get(key))));
              }
            });
    pool.taints().stream()
        .filter(taint -> taint.effect() != Effect.PREFER_NO_SCHEDULE)
        .filter(taint -> !tolerates(hardware, taint))
        .forEach(
            taint ->
                obstacles.add(
                    new Obstacle(
                        "tolerations",
                        "does not tolerate the taint %s of pool %s"
                            .formatted(taint.key(), pool.name()))));
    return obstacles;
  }

  private static Obstacle tooLarge(String key, Object asked, Pool pool, Object size) {
    return new Obstacle(
        key,
        "asks for %s: %s, and a node of pool %s has %s".formatted(key, asked, pool.name(), size));
  }

  private static boolean tolerates(Hardware hardware, Taint taint) {
    return hardware.tolerations().stream()
        .filter(t -> t.key().equals(taint.key()))
        .anyMatch(t -> t.value().equals(Toleration.ANY) || t.value().equals(taint.value()));
  }
}
