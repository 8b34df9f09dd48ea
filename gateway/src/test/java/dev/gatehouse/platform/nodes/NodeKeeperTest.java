package dev.gatehouse.platform.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.nodes.NodeTask;
import dev.gatehouse.nodes.NodeTask.Phase;
import dev.gatehouse.nodes.NodeTasks;
import dev.gatehouse.nodes.NodeWish;
import dev.gatehouse.nodes.NodeWish.Kind;
import dev.gatehouse.nodes.NodeWishes;
import dev.gatehouse.testkit.kubernetes.ApiServer;
import dev.gatehouse.testkit.kubernetes.RestrictedPod;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the operator empties nodes, step by step, on a mock API server and a clock of the test's. */
final class NodeKeeperTest {
  private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
  private static final String OURS = "gatehouse";
  private static final String WORKSPACES = "gatehouse-workspaces";

  private final ApiServer api = ApiServer.start();
  private final KubernetesClient client = api.client();
  private Instant now = NOON;
  private DrainSettings settings = new DrainSettings(Duration.ofMinutes(10), 1, OURS, WORKSPACES);
  private NodeKeeper keeper = keeper("operator-1");

  private NodeKeeper keeper(String pod) {
    return new NodeKeeper(client, OURS, () -> settings, pod, () -> now);
  }

  @BeforeEach
  void cluster() {
    for (var node : new String[] {"n1", "n2", "n3"}) {
      client
          .resource(
              new NodeBuilder()
                  .withNewMetadata()
                  .withName(node)
                  .endMetadata()
                  .withNewSpec()
                  .endSpec()
                  .build())
          .create();
    }
  }

  @AfterEach
  void close() {
    client.close();
    api.close();
  }

  // ---- what is wished ----

  private void wish(NodeWish wish) {
    var maps = client.configMaps().inNamespace(OURS);
    var there = maps.withName(NodeWishes.CONFIG_MAP).get();
    var before = there == null ? "" : there.getData().get(NodeWishes.KEY);
    var next =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName(NodeWishes.CONFIG_MAP)
            .endMetadata()
            .withData(Map.of(NodeWishes.KEY, NodeWishes.read(before).with(wish).text()))
            .build();
    if (there == null) {
      maps.resource(next).create();
    } else {
      maps.resource(next).update();
    }
  }

  private void wish(String node, Kind kind) {
    wish(new NodeWish(node, kind, "ada", "a test", now, false, false, false));
  }

  private void drainNow(String node) {
    wish(new NodeWish(node, Kind.DRAINED, "ada", "a test", now, true, false, false));
  }

  private NodeTask task(String node) {
    var data = client.configMaps().inNamespace(OURS).withName("gatehouse-status").get().getData();
    return NodeTasks.read(data.get("drains.json")).of(node).orElseThrow();
  }

  private NodeTask round(String node) {
    keeper.round();
    return task(node);
  }

  private boolean isCordoned(String node) {
    return Boolean.TRUE.equals(client.nodes().withName(node).get().getSpec().getUnschedulable());
  }

  private void after(Duration time) {
    now = now.plus(time);
  }

  // ---- pods ----

  private static UnaryOperator<PodBuilder> of(String kind) {
    return pod ->
        pod.editMetadata()
            .addNewOwnerReference()
            .withApiVersion("apps/v1")
            .withKind(kind)
            .withName("x")
            .withUid("1")
            .withController(true)
            .endOwnerReference()
            .endMetadata();
  }

  private static UnaryOperator<PodBuilder> workspace(String owner, String name) {
    return pod ->
        of("StatefulSet")
            .apply(pod)
            .editMetadata()
            .addToLabels("app.kubernetes.io/managed-by", "gatehouse")
            .addToLabels("gatehouse.dev/workspace", "w-" + owner)
            .addToAnnotations("gatehouse.dev/person", owner)
            .addToAnnotations("gatehouse.dev/name", name)
            .endMetadata()
            .editSpec()
            .addNewVolume()
            .withName("gate")
            .withNewEmptyDir()
            .endEmptyDir()
            .endVolume()
            .endSpec();
  }

  private static PodBuilder withEmptyDir(PodBuilder pod) {
    return of("ReplicaSet")
        .apply(pod)
        .editSpec()
        .addNewVolume()
        .withName("tmp")
        .withNewEmptyDir()
        .endEmptyDir()
        .endVolume()
        .endSpec();
  }

  private void pod(String namespace, String name, String node, UnaryOperator<PodBuilder> with) {
    client
        .resource(
            with.apply(
                    RestrictedPod.of(namespace, name, RestrictedPod.container("main", Map.of()))
                        .editSpec()
                        .withNodeName(node)
                        .endSpec()
                        .withNewStatus()
                        .withPhase("Running")
                        .withPodIP("127.0.0.1")
                        .addNewCondition()
                        .withType("Ready")
                        .withStatus("True")
                        .endCondition()
                        .endStatus())
                .build())
        .create();
  }

  private boolean isThere(String namespace, String name) {
    return client.pods().inNamespace(namespace).withName(name).get() != null;
  }

  // ---- tests ----

  @Test
  void round_cordon_closesTheNodeAndLeavesItsPods() {
    pod(WORKSPACES, "w-alice-0", "n1", workspace("alice", "main"));
    wish("n1", Kind.CORDONED);
    assertThat(round("n1").phase()).isEqualTo(Phase.CORDONED);
    assertThat(isCordoned("n1")).isTrue();
    assertThat(isThere(WORKSPACES, "w-alice-0")).isTrue();
    after(Duration.ofMinutes(1));
    wish("n1", Kind.OPEN);
    assertThat(round("n1").phase()).isEqualTo(Phase.OPEN);
    assertThat(isCordoned("n1")).isFalse();
  }

  /** What somebody does with kubectl afterwards is theirs: a wish is made so once. */
  @Test
  void round_wishThatIsFulfilled_isNotForcedLater() {
    wish("n1", Kind.CORDONED);
    keeper.round();
    client
        .nodes()
        .withName("n1")
        .edit(n -> n.edit().editSpec().withUnschedulable(null).endSpec().build());
    keeper.round();
    assertThat(isCordoned("n1")).isFalse();
  }

  /** Nobody's computing ends before the time that they were told is over. */
  @Test
  void round_drain_warnsFirst_andEndsNothingBeforeTheTime() {
    pod(WORKSPACES, "w-alice-0", "n1", workspace("alice", "main"));
    pod("other", "web", "n1", of("ReplicaSet"));
    wish("n1", Kind.DRAINED);

    var warning = round("n1");
    assertThat(warning.phase()).isEqualTo(Phase.WARNING);
    assertThat(warning.leaveAt()).contains(NOON.plus(Duration.ofMinutes(10)));
    assertThat(warning.workspaces())
        .extracting(m -> m.workspace().toString())
        .containsExactly("alice/main");
    assertThat(warning.notes().getLast().what())
        .isEqualTo("alice is told; pods leave at 12:10 UTC");
    assertThat(isCordoned("n1")).isTrue();

    after(Duration.ofMinutes(9).plusSeconds(59));
    assertThat(round("n1").phase()).isEqualTo(Phase.WARNING);
    assertThat(isThere(WORKSPACES, "w-alice-0")).isTrue();
    assertThat(isThere("other", "web")).isTrue();

    after(Duration.ofSeconds(1));
    assertThat(round("n1").phase()).isEqualTo(Phase.EVICTING);
    assertThat(isThere(WORKSPACES, "w-alice-0")).isFalse();
    assertThat(isThere("other", "web")).isFalse();
    var done = round("n1");
    assertThat(done.phase()).isEqualTo(Phase.DRAINED);
    assertThat(done.pods()).isEqualTo(2);
    assertThat(done.left()).isEqualTo(2);
    assertThat(isCordoned("n1")).isTrue();
  }

  @Test
  void round_nodeWithoutWorkspaces_isEmptiedAtOnce() {
    pod("other", "web", "n1", of("ReplicaSet"));
    wish("n1", Kind.DRAINED);
    keeper.round();
    assertThat(isThere("other", "web")).isFalse();
  }

  @Test
  void round_theLastWorkspaceIsStopped_waitsNoLonger() {
    pod(WORKSPACES, "w-alice-0", "n1", workspace("alice", "main"));
    pod("other", "web", "n1", of("ReplicaSet"));
    wish("n1", Kind.DRAINED);
    keeper.round();
    client.pods().inNamespace(WORKSPACES).withName("w-alice-0").delete();
    keeper.round();
    assertThat(isThere("other", "web")).isFalse();
  }

  @Test
  void round_now_doesNotWaitForPeople() {
    pod(WORKSPACES, "w-alice-0", "n1", workspace("alice", "main"));
    drainNow("n1");
    keeper.round();
    assertThat(isThere(WORKSPACES, "w-alice-0")).isFalse();
  }

  @Test
  void round_daemonsMirrorsAndWhatIsOver_stay() {
    pod("kube-system", "proxy", "n1", of("DaemonSet"));
    pod(
        "kube-system",
        "static",
        "n1",
        p -> p.editMetadata().addToAnnotations("kubernetes.io/config.mirror", "1").endMetadata());
    pod(
        "other",
        "job",
        "n1",
        p -> of("Job").apply(p).editStatus().withPhase("Succeeded").endStatus());
    wish("n1", Kind.DRAINED);
    keeper.round();
    assertThat(round("n1").phase()).isEqualTo(Phase.DRAINED);
    assertThat(client.pods().inAnyNamespace().list().getItems()).hasSize(3);
  }

  /** kubectl drain refuses; this tells which pods, why, and how they may go. */
  @Test
  void round_podsThatWouldBeLost_stayAndAreNamed_untilSomebodySaysSo() {
    pod("other", "alone", "n1", p -> p);
    pod("other", "cache", "n1", NodeKeeperTest::withEmptyDir);
    pod(OURS, "gatehouse-1", "n1", NodeKeeperTest::withEmptyDir);
    wish("n1", Kind.DRAINED);
    keeper.round();
    var stuck = round("n1");
    assertThat(stuck.phase()).isEqualTo(Phase.STUCK);
    assertThat(stuck.staying())
        .extracting(s -> s.pod() + " " + s.why())
        .containsExactlyInAnyOrder(
            "other/alone has no controller that makes it anew; --force lets it go for good",
            "other/cache has data on the node (emptyDir); --delete-emptydir-data lets it go");
    assertThat(isThere(OURS, "gatehouse-1")).isFalse();

    after(Duration.ofMinutes(1));
    wish(new NodeWish("n1", Kind.DRAINED, "ada", "a test", now, false, true, true));
    keeper.round();
    assertThat(round("n1").phase()).isEqualTo(Phase.DRAINED);
    assertThat(client.pods().inAnyNamespace().list().getItems()).isEmpty();
  }

  @Test
  void round_budget_isKept_andNamed_untilThereIsAnotherPod() {
    UnaryOperator<PodBuilder> gateway =
        p -> of("ReplicaSet").apply(p).editMetadata().addToLabels("app", "gateway").endMetadata();
    pod(OURS, "gateway-1", "n1", gateway);
    pod(OURS, "gateway-2", "n1", gateway);
    client
        .resource(
            new PodDisruptionBudgetBuilder()
                .withNewMetadata()
                .withName("gatehouse")
                .withNamespace(OURS)
                .endMetadata()
                .withNewSpec()
                .withNewMinAvailable(1)
                .withNewSelector()
                .addToMatchLabels("app", "gateway")
                .endSelector()
                .endSpec()
                .build())
        .create();
    wish("n1", Kind.DRAINED);
    var waiting = round("n1");
    assertThat(waiting.phase()).isEqualTo(Phase.EVICTING);
    assertThat(waiting.waiting())
        .containsExactly(
            "gatehouse/gateway-2: The disruption budget gatehouse needs 1 healthy pods and has 1"
                + " currently");
    assertThat(isThere(OURS, "gateway-2")).isTrue();
    var asked = api.accesses().stream().filter(a -> a.resource().equals("pods/eviction")).count();
    assertThat(asked).as("a refusal is not repeated behind our back").isEqualTo(2);

    pod(OURS, "gateway-3", "n2", gateway);
    keeper.round();
    assertThat(round("n1").phase()).isEqualTo(Phase.DRAINED);
  }

  @Test
  void round_cancelled_opensTheNodeAndEndsNothing() {
    pod(WORKSPACES, "w-alice-0", "n1", workspace("alice", "main"));
    wish("n1", Kind.DRAINED);
    keeper.round();
    after(Duration.ofMinutes(1));
    wish(new NodeWish("n1", Kind.OPEN, "bob", "a test", now, false, false, false));
    var open = round("n1");
    assertThat(open.phase()).isEqualTo(Phase.OPEN);
    assertThat(open.notes()).extracting(n -> n.what()).contains("bob cancels the drain");
    assertThat(isCordoned("n1")).isFalse();
    after(Duration.ofHours(1));
    keeper.round();
    assertThat(isThere(WORKSPACES, "w-alice-0")).isTrue();
  }

  @Test
  void round_secondDrain_waitsForTheFirst() {
    pod(WORKSPACES, "w-alice-0", "n1", workspace("alice", "main"));
    pod(WORKSPACES, "w-bob-0", "n2", workspace("bob", "main"));
    wish("n1", Kind.DRAINED);
    after(Duration.ofSeconds(1));
    drainNow("n2");
    keeper.round();
    assertThat(task("n1").phase()).isEqualTo(Phase.WARNING);
    assertThat(task("n2").phase()).isEqualTo(Phase.QUEUED);
    assertThat(task("n2").notes().getLast().what())
        .isEqualTo("waits until n1 is empty: 1 node at a time");
    assertThat(isCordoned("n2")).isFalse();

    settings = new DrainSettings(Duration.ofMinutes(10), 2, OURS, WORKSPACES);
    keeper.round();
    assertThat(isThere(WORKSPACES, "w-bob-0")).isFalse();
  }

  /** Its own pod leaves last, and the operator after it goes on from what was told. */
  @Test
  void round_ownNode_isEmptiedByTheNextOperator() {
    pod(OURS, "operator-1", "n1", of("ReplicaSet"));
    pod(WORKSPACES, "w-alice-0", "n1", workspace("alice", "main"));
    wish("n1", Kind.DRAINED);
    keeper.round();
    var leaveAt = task("n1").leaveAt();
    after(Duration.ofMinutes(5));
    keeper = keeper("operator-2");
    assertThat(round("n1").leaveAt()).isEqualTo(leaveAt);
    keeper = keeper("operator-1");
    after(Duration.ofMinutes(5));
    keeper.round();
    assertThat(isThere(WORKSPACES, "w-alice-0")).isFalse();
    assertThat(isThere(OURS, "operator-1")).isTrue();
    keeper.round();
    assertThat(isThere(OURS, "operator-1")).isFalse();
    keeper = keeper("operator-2");
    assertThat(round("n1").phase()).isEqualTo(Phase.DRAINED);
  }

  @Test
  void round_workspaceThatIsNotPlacedElsewhere_saysWhy() {
    pod(WORKSPACES, "w-alice-0", "n1", workspace("alice", "main"));
    drainNow("n1");
    keeper.round();
    pod(
        WORKSPACES,
        "w-alice-0",
        null,
        workspace("alice", "main").andThen(NodeKeeperTest::unplaced)::apply);
    var done = round("n1");
    assertThat(done.phase()).isEqualTo(Phase.DRAINED);
    assertThat(done.workspaces())
        .extracting(m -> m.workspace() + " " + m.where())
        .containsExactly(
            "alice/main waits: no node can take it where its home's volume is: the volume is in one"
                + " zone, and no node with room is");
    client.pods().inNamespace(WORKSPACES).withName("w-alice-0").delete();
    pod(WORKSPACES, "w-alice-0", "n2", workspace("alice", "main"));
    assertThat(round("n1").workspaces()).extracting(m -> m.where()).containsExactly("runs on n2");
    assertThat(task("n1").isSettled()).isTrue();
  }

  private static PodBuilder unplaced(PodBuilder pod) {
    return pod.withNewStatus()
        .withPhase("Pending")
        .addNewCondition()
        .withType("PodScheduled")
        .withStatus("False")
        .withReason("Unschedulable")
        .withMessage(
            "0/3 nodes are available: 1 node(s) had volume node affinity conflict, 1 node(s) were"
                + " unschedulable.")
        .endCondition()
        .endStatus();
  }

  @Test
  void round_nodeThatIsNotThere_saysSo() {
    wish("n9", Kind.DRAINED);
    var failed = round("n9");
    assertThat(failed.phase()).isEqualTo(Phase.FAILED);
    assertThat(failed.notes().getLast().what()).isEqualTo("there is no node n9");
  }

  /** Until a person has applied the foundation that has the right. */
  @Test
  void round_withoutTheRight_saysWhoGivesIt() {
    api.fail("PATCH .*/nodes/n1", 403, 1);
    wish("n1", Kind.CORDONED);
    assertThat(round("n1").notes().getLast().what()).contains("gatehouse apply");
  }

  @Test
  void round_apiServerAway_goesOnLater() {
    pod(WORKSPACES, "w-alice-0", "n1", workspace("alice", "main"));
    wish("n1", Kind.DRAINED);
    keeper.round();
    after(Duration.ofMinutes(10));
    api.fail("POST .*/eviction", 503, 1);
    assertThat(round("n1").phase()).isEqualTo(Phase.WARNING);
    keeper.round();
    assertThat(round("n1").phase()).isEqualTo(Phase.DRAINED);
  }
}
