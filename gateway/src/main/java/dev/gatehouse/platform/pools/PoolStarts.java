package dev.gatehouse.platform.pools;

import dev.gatehouse.nodes.PoolReport.Entry;
import dev.gatehouse.platform.objects.KubernetesObject;
import dev.gatehouse.platform.objects.Trees;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How long the nodes of a pool took from when they were asked for until they were ready. A node is
 * measured once: later it may be unready and ready again.
 *
 * @param seconds the oldest first
 * @param newest when the newest that is measured was made
 */
record PoolStarts(List<Long> seconds, Optional<Instant> newest) {
  private static final int REMEMBERED = 9;

  /** A node that was ready this long after is one that was away for a while. */
  private static final Duration LONGEST = Duration.ofMinutes(30);

  /** What was told before. */
  static PoolStarts of(Optional<Entry> before) {
    return new PoolStarts(
        before.map(Entry::startSeconds).orElse(List.of()), before.flatMap(Entry::measured));
  }

  /**
   * With the nodes that have come since.
   *
   * @param claims when a NodeClaim was made, by its name; empty if that is not known
   */
  PoolStarts with(PoolNodes nodes, Function<String, Optional<Instant>> claims) {
    var all = new ArrayList<>(seconds);
    var last = newest;
    for (var node :
        nodes.all().stream().sorted(Comparator.comparing(PoolStarts::created)).toList()) {
      var ready = PoolNodes.readiness(node).flatMap(Conditions::since);
      if (ready.isPresent() && last.filter(l -> !created(node).isAfter(l)).isEmpty()) {
        last = Optional.of(created(node));
        var took = Duration.between(asked(node, claims), ready.get());
        if (!took.isNegative() && took.compareTo(LONGEST) < 0) {
          all.add(took.toSeconds());
        }
      }
    }
    return new PoolStarts(
        List.copyOf(all.subList(Math.max(0, all.size() - REMEMBERED), all.size())), last);
  }

  static Instant created(KubernetesObject object) {
    return Conditions.moment(Trees.text(object.metadata().get("creationTimestamp")))
        .orElse(Instant.EPOCH);
  }

  /** A node is known to the cluster when it has booted; Karpenter's NodeClaim comes before that. */
  private static Instant asked(KubernetesObject node, Function<String, Optional<Instant>> claims) {
    return Trees.list(node.metadata().get("ownerReferences")).stream()
        .map(Trees::map)
        .filter(owner -> "NodeClaim".equals(owner.get("kind")))
        .flatMap(owner -> claims.apply(Trees.text(owner.get("name"))).stream())
        .findFirst()
        .orElseGet(() -> created(node));
  }
}
