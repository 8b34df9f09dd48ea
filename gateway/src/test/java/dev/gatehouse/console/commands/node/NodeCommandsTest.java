package dev.gatehouse.console.commands.node;

import static dev.gatehouse.console.ConsoleFixture.ALICE;
import static dev.gatehouse.console.ConsoleFixture.NOW;
import static dev.gatehouse.console.ConsoleFixture.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.console.ConsoleFixture;
import dev.gatehouse.nodes.Amount;
import dev.gatehouse.nodes.Node;
import dev.gatehouse.nodes.NodeFacts;
import dev.gatehouse.nodes.NodeFacts.Condition;
import dev.gatehouse.nodes.NodeFacts.Occupant;
import dev.gatehouse.nodes.NodeFacts.Taint;
import dev.gatehouse.nodes.NodeReport;
import dev.gatehouse.nodes.NodeTask;
import dev.gatehouse.nodes.NodeTask.Moved;
import dev.gatehouse.nodes.NodeTask.Phase;
import dev.gatehouse.nodes.NodeTask.Staying;
import dev.gatehouse.nodes.NodeWish;
import dev.gatehouse.nodes.NodeWish.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code gate node}: what administrators see of nodes, and how they have them emptied. */
final class NodeCommandsTest {
  private static final long GIB = 1L << 30;
  private static final String TYPES =
      """
      directory: {administrators: admins}
      machineTypes:
        standard: {cpu: 1, memory: 2Gi}
        gpu: {cpu: 2, memory: 8Gi, gpus: 1}
        big: {cpu: 64, memory: 2Gi}
        other: {nodeSelector: {zone: elsewhere}}
      """;

  private final ConsoleFixture fixture = new ConsoleFixture().definedAs(TYPES);
  private final FakeNodes operator = new FakeNodes();

  NodeCommandsTest() {
    fixture.nodes =
        Optional.of(new NodeReport(NOW.minusSeconds(3), List.of(node("n1"), plain("n2"))));
    fixture.nodeControl = Optional.of(operator);
  }

  private static Node node(String name) {
    return new Node(
        name,
        true,
        false,
        List.of("disk"),
        new Amount(8000, 32 * GIB, Map.of("nvidia.com/gpu", 2L)),
        new Amount(5000, 10 * GIB, Map.of("nvidia.com/gpu", 1L)),
        Optional.empty(),
        12,
        new NodeFacts(
            "g5.2xlarge",
            "gpu",
            "eu-central-1a",
            Optional.of(NOW.minus(Duration.ofDays(3))),
            Map.of("kubelet", "v1.33.1"),
            Map.of("zone", "here"),
            List.of(new Taint("soft", "", "PreferNoSchedule")),
            List.of(
                new Condition("Ready", "True", Optional.of(NOW.minusSeconds(60)), "", "fine"),
                new Condition(
                    "DiskPressure", "True", Optional.of(NOW.minusSeconds(30)), "", "little disk")),
            List.of(
                new NodeFacts.Event(
                    NOW.minusSeconds(40), "NodeHasDiskPressure", "little disk", true)),
            List.of(new Occupant("alice", "main"), new Occupant("bob", "gpu")),
            110));
  }

  private static Node plain(String name) {
    return new Node(
        name,
        true,
        true,
        List.of(),
        new Amount(2000, 4 * GIB, Map.of()),
        Amount.NONE,
        Optional.empty(),
        0);
  }

  private static NodeTask warned(NodeTask task) {
    return task.in(Phase.WARNING, NOW, "closed to new pods")
        .leaving(NOW.plus(Duration.ofMinutes(10)))
        .with(List.of(new Moved(new Occupant("alice", "main"), "runs on n1", false)))
        .count(3, 0, List.of(), List.of())
        .note(NOW, "alice is told; pods leave at 10:10 UTC");
  }

  private static NodeTask waits(NodeTask task) {
    return task.in(Phase.EVICTING, NOW, "pods leave")
        .count(3, 2, List.of(), List.of("a/b: The disruption budget x needs 1 healthy pods"))
        .note(NOW, "waits: a/b: The disruption budget x needs 1 healthy pods");
  }

  private static NodeTask drained(NodeTask task) {
    return task.in(Phase.DRAINED, NOW, "empty: 3 pods left")
        .with(List.of(new Moved(new Occupant("alice", "main"), "runs on n2", true)));
  }

  private String gate(String line) {
    var outcome = fixture.gate(ROOT, line);
    return outcome.out() + outcome.err();
  }

  @Test
  void list_nodes_saysWhatTheyAreAndWhatIsFree() {
    assertThat(gate("node list"))
        .isEqualTo(
            "n1\\tdisk pressure\\tg5.2xlarge\\tgpu\\teu-central-1a\\t2026-11-21T10:00:00Z\\tdisk\\t3"
                    .replace("\\t", "\t")
                + "\t23622320128\t1\t2\t2\n"
                + "n2\tcordoned\t-\t-\t-\t-\t-\t2\t4294967296\t-\t-\t0\n");
  }

  @Test
  void show_aNode_saysWhoIsOnItAndWhatItCouldStillHold() {
    fixture.gateway.connect(7, ALICE, "OpenSSH");
    assertThat(gate("node show n1 --json"))
        .contains("\"node\" : \"n1\"", "\"kubelet\" : \"v1.33.1\"")
        .containsPattern("\"owner\" : \"alice\",\\s+\"workspace\" : \"main\",\\s+\"sessions\" : 1")
        .containsPattern("\"machineType\" : \"big\",\\s+\"more\" : 0")
        .containsPattern("\"machineType\" : \"gpu\",\\s+\"more\" : 1")
        .containsPattern("\"machineType\" : \"other\",\\s+\"more\" : 0")
        .containsPattern("\"machineType\" : \"standard\",\\s+\"more\" : 3")
        .containsPattern("\"condition\" : \"DiskPressure\",\\s+\"status\" : \"True\"")
        .contains("soft:PreferNoSchedule", "little disk");
  }

  @Test
  void show_nodeThatIsNotThere_suggestsOne() {
    var outcome = fixture.gate(ROOT, "node show n11");
    assertThat(outcome.exit()).isEqualTo(65);
    assertThat(outcome.err()).contains("there is no node n11; did you mean 'n1'?");
  }

  @Test
  void list_asOrdinaryUser_isRefused() {
    assertThat(fixture.gate(ALICE, "node list").exit()).isEqualTo(77);
  }

  /** {@code gatehouse try}. */
  @Test
  void every_withoutACluster_saysThatThereIsNone() {
    fixture.nodeControl = Optional.empty();
    for (var line :
        List.of("list", "show n1", "cordon n1", "uncordon n1", "drain n1", "events n1")) {
      var outcome = fixture.gate(ROOT, "node " + line);
      assertThat(outcome.exit()).as(line).isEqualTo(69);
      assertThat(outcome.err()).as(line).contains("(no-cluster)");
    }
  }

  @Test
  void list_operatorThatSaysNothing_isUnavailable_orOldAndSaidToBe() {
    fixture.nodes = Optional.of(new NodeReport(NOW.minusSeconds(600), List.of(node("n1"))));
    assertThat(gate("node list")).contains("n1\t", "the operator tells no more");
    fixture.nodes = Optional.empty();
    assertThat(fixture.gate(ROOT, "node list").err()).contains("(nodes-unknown)");
  }

  @Test
  void cordon_node_tellsTheOperatorAndWaits() {
    operator.then(t -> t, t -> t, t -> t, t -> t.in(Phase.CORDONED, NOW, "closed to new pods"));
    assertThat(gate("node cordon n1"))
        .isEqualTo(
            """
            Node n1 takes nothing new. To open it: gate node uncordon n1
            n1: closed to new pods
            """);
    assertThat(operator.wishes).extracting(NodeWish::kind).containsExactly(Kind.CORDONED);
    assertThat(operator.wishes.getFirst().by()).isEqualTo("root");
  }

  @Test
  void cordon_couldNotBeDone_fails() {
    operator.then(t -> t, t -> t, t -> t.in(Phase.FAILED, NOW, "the operator has no right"));
    var outcome = fixture.gate(ROOT, "node cordon n1");
    assertThat(outcome.exit()).isEqualTo(69);
    assertThat(outcome.err()).contains("the operator has no right (node-not-changed)");
  }

  @Test
  void drain_node_showsEachStepUntilItIsDone() {
    operator.then(
        t -> t,
        t -> t,
        NodeCommandsTest::warned,
        NodeCommandsTest::waits,
        NodeCommandsTest::drained);
    var outcome = fixture.gate(ROOT, "node drain n1");
    assertThat(outcome.err())
        .isEqualTo(
            """
            n1: closed to new pods
            n1: alice is told; pods leave at 10:10 UTC
            n1: pods leave
            n1: waits: a/b: The disruption budget x needs 1 healthy pods
            n1: empty: 3 pods left
            """);
    assertThat(outcome.out())
        .isEqualTo(
            "Node n1 is empty: 3 pods left, 1 workspace moved. To open it again: gate node"
                + " uncordon n1\n");
    assertThat(outcome.exit()).isZero();
  }

  @Test
  void drain_podsThatCannotGo_failsAndNamesThem() {
    operator.then(
        t -> t,
        t -> t,
        t ->
            t.in(Phase.STUCK, NOW, "1 pod cannot go")
                .count(1, 0, List.of(new Staying("x/y", "has no controller")), List.of()));
    var outcome = fixture.gate(ROOT, "node drain n1");
    assertThat(outcome.exit()).isEqualTo(69);
    assertThat(outcome.err())
        .contains(
            "node n1 is closed, and 1 pod cannot go: x/y has no controller (drain-incomplete)");
  }

  @Test
  void drain_noWait_saysHowItIsSeenAndCancelled() {
    assertThat(gate("node drain n1 --no-wait"))
        .isEqualTo(
            "Node n1 is being emptied. See 'gate node show n1'; 'gate node uncordon n1' cancels"
                + " it.\n");
  }

  @Test
  void drain_now_asksFirst_withTheNamesOfWhoIsOnIt() {
    var outcome = fixture.gate(ROOT, "node drain n1 --now");
    assertThat(outcome.exit()).isEqualTo(64);
    assertThat(outcome.err()).contains("Drain n1 without a warning to alice, bob?");
    assertThat(operator.wishes).isEmpty();
    assertThat(fixture.gate(ROOT, "node drain n1 --now --yes --no-wait").exit()).isZero();
    assertThat(operator.wishes.getFirst().now()).isTrue();
  }

  @Test
  void drain_whatGoesOnAlready_isWatched_andNotBegunAnew() {
    operator.doing(
        warned(
            NodeTask.begin(
                new NodeWish("n1", Kind.DRAINED, "ada", "here", NOW, false, false, false), NOW)));
    assertThat(gate("node list")).contains("n1\tdraining");
    operator.then(t -> t, NodeCommandsTest::drained);
    assertThat(fixture.gate(ROOT, "node drain n1").exit()).isZero();
    assertThat(operator.wishes).hasSize(1);
  }

  @Test
  void drain_calledOffBySomebodyElse_ends() {
    var later = new NodeWish("n1", Kind.OPEN, "ada", "", NOW.plusSeconds(1), false, false, false);
    operator.then(
        t -> t,
        t -> t,
        NodeCommandsTest::warned,
        _ -> NodeTask.begin(later, NOW).in(Phase.OPEN, NOW, "open to new pods"));
    var outcome = fixture.gate(ROOT, "node drain n1");
    assertThat(outcome.exit()).isEqualTo(69);
    assertThat(outcome.err())
        .contains("ada wishes otherwise since: node n1 is to be open (node-wish-replaced)");
  }

  @Test
  void events_node_haveKubernetesAndOurs_inTheirOrder() {
    operator.doing(
        warned(
            NodeTask.begin(
                new NodeWish("n1", Kind.DRAINED, "ada", "here", NOW, false, false, false), NOW)));
    assertThat(gate("node events n1"))
        .isEqualTo(
            """
            2026-11-24T09:59:20Z\tNodeHasDiskPressure\tlittle disk
            2026-11-24T10:00:00Z\tGatehouse\tclosed to new pods (for ada)
            2026-11-24T10:00:00Z\tGatehouse\talice is told; pods leave at 10:10 UTC (for ada)
            """);
  }
}
