package dev.gatehouse.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * The story: on a full node the first login of the day pushed the directory and its web UI away,
 * which had no priority; and a rollout's new gateway pushed a running workspace away.
 */
final class PrioritiesIT {
  private static final String EVERYTHING = "dev.gatehouse.deploy.Rendered#everything";

  /** What keeps people's way in open. */
  private static final Set<String> PLATFORM =
      Set.of("gatehouse", "gatehouse-operator", "directory", "ldap-ui");

  /** The priority of a pod whose class nobody names. */
  private static final int NONE = 0;

  /** The cluster autoscaler adds no node for less: its --expendable-pods-priority-cutoff. */
  private static final int EXPENDABLE = -10;

  private static Map<String, JsonNode> classes() {
    var classes = new HashMap<String, JsonNode>();
    Rendered.everything()
        .flatMap(rendered -> rendered.manifests().all("PriorityClass"))
        .forEach(c -> classes.put(Manifests.name(c), c));
    return classes;
  }

  private static JsonNode of(PodMaker maker) {
    assertThat(classes()).as(maker.toString()).containsKey(maker.priorityClass());
    return classes().get(maker.priorityClass());
  }

  private static int value(String name) {
    return classes().get(name).path("value").asInt();
  }

  private static boolean mayPreempt(JsonNode priorityClass) {
    return !priorityClass.path("preemptionPolicy").asString("").equals("Never");
  }

  @ParameterizedTest
  @MethodSource(EVERYTHING)
  void render_pods_areInTheOrderOfWhatPeopleLose(Rendered rendered) {
    assertThat(rendered.podMakers())
        .isNotEmpty()
        .allSatisfy(
            maker -> {
              var priority = of(maker).path("value").asInt();
              if (maker.isJob()) {
                assertThat(priority).as(maker.toString()).isBetween(EXPENDABLE, NONE - 1);
              } else {
                assertThat(PLATFORM).contains(maker.name());
                assertThat(priority).as(maker.toString()).isGreaterThan(value("gatehouse-app"));
              }
            });
  }

  @Test
  void render_classes_haveAppsAboveWorkspaces_andThoseAboveNone() {
    assertThat(value("gatehouse-app")).isGreaterThan(value("gatehouse-workspace"));
    assertThat(value("gatehouse-workspace")).isGreaterThan(value("gatehouse-preemptible"));
    assertThat(value("gatehouse-preemptible")).isGreaterThan(NONE);
  }

  /** A pod that is one of several, or that people do without, waits; a single server must not. */
  @Test
  void render_pods_pushWorkspacesAway_onlyWhereNoOtherServes() {
    assertThat(
            Rendered.everything()
                .flatMap(
                    rendered ->
                        rendered
                            .podMakers()
                            .filter(maker -> mayPreempt(of(maker)))
                            .filter(maker -> maker.replicas() > 0)
                            .map(maker -> "%s %d".formatted(maker, maker.replicas()))))
        .containsOnly("StatefulSet directory 1");
  }

  @Test
  void render_gateway_hasASpareOneWhileItsNewOneWaits() {
    assertThat(Rendered.all())
        .allSatisfy(
            rendered -> {
              assertThat(rendered.gateway().at("/spec/replicas").asInt()).isGreaterThan(1);
              assertThat(
                      rendered.gateway().at("/spec/strategy/rollingUpdate/maxUnavailable").asInt())
                  .isZero();
            });
  }

  /** Kubernetes refuses a change of either, and the apply with it: such a class gets a new name. */
  @Test
  void render_classes_keepTheValuesTheyWereEverGiven() {
    assertThat(
            classes().values().stream()
                .map(
                    c ->
                        "%s %d %s".formatted(Manifests.name(c), c.path("value").asInt(), policy(c)))
                .sorted())
        .containsExactly(
            "gatehouse-app 100000 Never",
            "gatehouse-directory 1000000 PreemptLowerPriority",
            "gatehouse-directory-spare 1000000 Never",
            "gatehouse-job -5 Never",
            "gatehouse-platform 1000000 Never",
            "gatehouse-preemptible 100 Never",
            "gatehouse-workspace 10000 PreemptLowerPriority");
    // It pushed workspaces away, and is in clusters of before.
    assertThat(classes()).doesNotContainKey("gatehouse-gateway");
  }

  private static String policy(JsonNode priorityClass) {
    return priorityClass.path("preemptionPolicy").asString("PreemptLowerPriority");
  }

  @Test
  void document_says_whoMayEndAWorkspace() {
    var doc = Manifests.read(Manifests.FOLDER.resolve("../docs/operations.md"));
    assertThat(Stream.of("gatehouse-platform", "gatehouse-directory", "gatehouse-app"))
        .allMatch(name -> doc.contains("`" + name + "`"));
  }
}
