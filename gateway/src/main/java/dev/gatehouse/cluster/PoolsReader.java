package dev.gatehouse.cluster;

import dev.gatehouse.cluster.Pool.Effect;
import dev.gatehouse.cluster.Pool.Taint;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.PoolName;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The section {@code pools}. */
record PoolsReader(Section section) {
  private static final int MOST_NODES = 10_000;
  private static final int MAX_GPUS = 64;
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

  NavigableMap<PoolName, Pool> read() {
    var pools = new TreeMap<PoolName, Pool>();
    for (var key : section.keys()) {
      var pool = section.section(key);
      section.key(key, PoolName::new).ifPresent(name -> pools.put(name, pool(name, pool)));
    }
    return Collections.unmodifiableNavigableMap(pools);
  }

  private static Pool pool(PoolName name, Section section) {
    var pool =
        new Pool(
            name,
            section.get("min", Amounts.integer(0, MOST_NODES), 0),
            section.get("max", Amounts.integer(0, MOST_NODES)),
            section.get("nodes", Amounts.integer(0, MOST_NODES)),
            section.get("ceiling", Amounts.integer(0, MOST_NODES)),
            section.get("cpu", Quantities::cpu),
            section.get("memory", Quantities::bytes),
            section.get("gpus", Amounts.integer(0, MAX_GPUS), 0),
            section.get("gpuResource", Quantities::labelKey, Hardware.DEFAULT.gpuResource()),
            section.list("instanceTypes", PoolsReader::word).orElse(List.of()),
            section.get("spot", Values::flag, false),
            section.list("zones", PoolsReader::word).orElse(List.of()),
            section.get("disk", Quantities::bytes),
            section.get("image", PoolsReader::word),
            labels(section),
            section.sections("taints").stream().map(PoolsReader::taint).toList());
    if (pool.max().filter(max -> max < pool.min()).isPresent()) {
      section.refuse("max", "is %d, which is less than min".formatted(pool.max().get()));
    }
    if (pool.ceiling()
        .filter(most -> pool.max().filter(max -> max <= most).isEmpty())
        .isPresent()) {
      section.refuse(
          "ceiling",
          pool.max().isEmpty()
              ? "bounds max, which is not there; say max too"
              : "is %d, which is less than max".formatted(pool.ceiling().get()));
    }
    pool.nodes().ifPresent(nodes -> checkNodes(nodes, pool, section));
    section.refuseUnknownKeys();
    return pool;
  }

  private static void checkNodes(int nodes, Pool pool, Section section) {
    if (nodes < pool.min()) {
      section.refuse("nodes", "is %d, which is less than min".formatted(nodes));
    }
    if (pool.max().filter(max -> nodes > max).isPresent()) {
      section.refuse("nodes", "is %d, which is more than max".formatted(nodes));
    }
  }

  private static NavigableMap<String, String> labels(Section pool) {
    var section = pool.section("labels");
    var labels = Labels.read(section);
    section.refuse(Pool.LABEL, "is every pool's own label, with the pool's name; remove it");
    return labels;
  }

  private static Taint taint(Section section) {
    section.require("key", "name the taint's key");
    var taint =
        new Taint(
            section.get("key", Quantities::labelKey, ""),
            section.get("value", Quantities::labelValue, ""),
            section.get("effect", Values.word(Effect.values(), Effect::word), Effect.NO_SCHEDULE));
    section.refuseUnknownKeys();
    return taint;
  }

  static String word(ScalarNode node) {
    if (!WORD.matcher(node.getValue()).matches()) {
      throw UserError.usage(
          "must be a cloud's word, such as g5.xlarge or eu-central-1a, not "
              + Quote.of(node.getValue()));
    }
    return node.getValue();
  }
}
