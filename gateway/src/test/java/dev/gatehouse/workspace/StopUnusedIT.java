package dev.gatehouse.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.directory.Person;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import dev.gatehouse.name.WorkspaceName;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.kubernetes.KubernetesCluster;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two gateways, each of which believes that it leads, and a day after somebody was there. */
final class StopUnusedIT {
  private static final ClusterDefinition DEFINITION = KubernetesCluster.definition("gateway: {}");
  private static final InstantSource TOMORROW =
      InstantSource.offset(InstantSource.system(), Duration.ofDays(1));
  private static final WorkspaceId ID =
      new WorkspaceId(new Username("alice"), new WorkspaceName("main"));

  private static KubernetesCluster cluster;
  private Workspaces one;
  private Workspaces other;

  @BeforeAll
  static void startCluster() {
    cluster = KubernetesCluster.start();
  }

  @AfterAll
  static void endCluster() {
    cluster.close();
  }

  @BeforeEach
  void start() throws Exception {
    one = cluster.workspaces(DEFINITION, KubernetesCluster.CA);
    other = cluster.workspaces(DEFINITION, KubernetesCluster.CA);
    start(one);
    Poll.until("the other knows it", () -> info(other).state() == State.RUNNING);
  }

  @AfterEach
  void clear() {
    cluster.clear();
  }

  @Test
  void round_twoLeaders_itIsStoppedAsIdleAndAnyStartBringsItBack() throws Exception {
    var rounds = List.of(reaper(one), reaper(other));
    rounds.parallelStream().forEach(Reaper::round);
    Poll.until("it is stopped", () -> info(other).state() == State.STOPPED);
    assertThat(mark("stopped-for")).isEqualTo("idle");
    assertThat(info(one).held()).isFalse();
    start(other);
    assertThat(info(other).state()).isEqualTo(State.RUNNING);
  }

  @Test
  void round_onePersonStopsItMeanwhile_staysAsThatPersonWantsIt() throws Exception {
    one.stop(ID).toCompletableFuture().get();
    reaper(other).round();
    Poll.until("it is stopped", () -> info(other).state() == State.STOPPED);
    assertThat(mark("stopped-for")).isEqualTo("person");
    assertThat(info(other).held()).isTrue();
  }

  @Test
  void stopIf_usedAfterItWasReadAndBeforeItWasStopped_isNotStopped() throws Exception {
    var stopped =
        one.stopIf(
            ID,
            StopReason.IDLE,
            info -> {
              use();
              return true;
            });
    assertThat(stopped.toCompletableFuture().get()).isFalse();
    assertThat(set().getSpec().getReplicas()).isEqualTo(1);
    assertThat(info(one).state()).isEqualTo(State.RUNNING);
  }

  private static Reaper reaper(Workspaces workspaces) {
    return new Reaper(
        workspaces, () -> DEFINITION, _ -> false, () -> Optional.of(Instant.EPOCH), TOMORROW);
  }

  private static void start(Workspaces workspaces) throws ExecutionException, InterruptedException {
    workspaces.start(spec()).endpoint().toCompletableFuture().get();
  }

  private static WorkspaceSpec spec() {
    var person =
        new Person(
            ID.owner(),
            10_001,
            10_001,
            "Alice",
            "/home/alice",
            "/bin/sh",
            Set.of(new GroupName("people")),
            List.of(),
            false);
    return new WorkspaceSpec(ID, person, DEFINITION.defaultType());
  }

  private static WorkspaceInfo info(Workspaces workspaces) {
    return workspaces.list(ID.owner()).getFirst();
  }

  /** As another gateway tells it. */
  private static void use() {
    var name = set().getMetadata().getName();
    cluster
        .admin()
        .apps()
        .statefulSets()
        .inNamespace(KubernetesCluster.NAMESPACE)
        .withName(name)
        .edit(
            s -> {
              s.getMetadata()
                  .getAnnotations()
                  .putAll(Map.of("gatehouse.dev/last-use", Instant.now().toString()));
              return s;
            });
  }

  private static StatefulSet set() {
    return cluster
        .admin()
        .apps()
        .statefulSets()
        .inNamespace(KubernetesCluster.NAMESPACE)
        .list()
        .getItems()
        .getFirst();
  }

  private static String mark(String name) {
    return set().getMetadata().getAnnotations().get("gatehouse.dev/" + name);
  }
}
