package dev.gatehouse.platform.pools;

import static dev.gatehouse.platform.pools.PoolFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.platform.objects.KubernetesObject;
import dev.gatehouse.platform.objects.ObjectKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How long nodes take, by what the cluster remembers of them. */
final class PoolStartsTest {
  private static final PoolStarts NONE = new PoolStarts(List.of(), Optional.empty());

  private static KubernetesObject node(long made, long took, List<?> owners) {
    var ready =
        Map.of(
            "type", "Ready",
            "status", "True",
            "lastTransitionTime", START.plusSeconds(made + took).toString());
    return new KubernetesObject(
        new ObjectKey("v1", "Node", "", "node-" + made),
        Map.of(
            "metadata",
                Map.of(
                    "creationTimestamp",
                    START.plusSeconds(made).toString(),
                    "ownerReferences",
                    owners),
            "status", Map.of("conditions", List.of(ready))));
  }

  private static PoolNodes nodes(KubernetesObject... nodes) {
    return new PoolNodes(List.of(nodes));
  }

  private static Optional<Instant> noClaim(String node) {
    return Optional.empty();
  }

  private static KubernetesObject node(long made, long took) {
    return node(made, took, List.of());
  }

  @Test
  void with_nodesThatCame_areMeasuredOnce_inTheirOrder() {
    var first = NONE.with(nodes(node(100, 70), node(0, 60)), PoolStartsTest::noClaim);
    var second =
        first.with(nodes(node(0, 5000), node(100, 70), node(200, 90)), PoolStartsTest::noClaim);

    assertThat(first.seconds()).containsExactly(60L, 70L);
    assertThat(second.seconds()).containsExactly(60L, 70L, 90L);
    assertThat(second.with(nodes(node(200, 90)), PoolStartsTest::noClaim)).isEqualTo(second);
  }

  @Test
  void with_nodeThatIsNotReadyYet_isMeasuredWhenItIs() {
    var tree = new LinkedHashMap<>(node(0, 60).tree());
    tree.put("status", Map.of());
    var booting = new KubernetesObject(new ObjectKey("v1", "Node", "", "a"), tree);

    assertThat(NONE.with(nodes(booting), PoolStartsTest::noClaim)).isEqualTo(NONE);
  }

  /** It has been there for days, and was away for a minute: that is not how long a node takes. */
  @Test
  void with_nodeThatCameBack_isNotMeasured() {
    assertThat(NONE.with(nodes(node(-400_000, 399_000)), PoolStartsTest::noClaim).seconds())
        .isEmpty();
  }

  /** Before its node is known to the cluster a machine must boot. */
  @Test
  void with_nodeOfANodeClaim_isMeasuredFromWhereItWasAskedFor() {
    var owner = Map.of("kind", "NodeClaim", "name", "gatehouse-gpu-abcde");
    assertThat(
            NONE.with(
                    nodes(node(60, 40, List.of(owner))),
                    name ->
                        name.equals("gatehouse-gpu-abcde")
                            ? Optional.of(START.plusSeconds(10))
                            : Optional.empty())
                .seconds())
        .containsExactly(90L);
  }

  @Test
  void with_manyNodes_remembersTheLastNine() {
    var all = new ArrayList<KubernetesObject>();
    for (var i = 0; i < 20; i++) {
      all.add(node(i * 100L, i));
    }

    assertThat(NONE.with(new PoolNodes(all), PoolStartsTest::noClaim).seconds())
        .containsExactly(11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L, 19L);
  }
}
