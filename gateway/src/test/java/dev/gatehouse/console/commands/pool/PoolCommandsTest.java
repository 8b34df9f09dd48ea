package dev.gatehouse.console.commands.pool;

import static dev.gatehouse.console.ConsoleFixture.ALICE;
import static dev.gatehouse.console.ConsoleFixture.BOB;
import static dev.gatehouse.console.ConsoleFixture.NOW;
import static dev.gatehouse.console.ConsoleFixture.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.Pool;
import dev.gatehouse.console.ConsoleFixture;
import dev.gatehouse.console.ConsoleFixture.Outcome;
import dev.gatehouse.console.OperatorStatus.Part;
import dev.gatehouse.console.commands.cluster.ScriptedOperator;
import dev.gatehouse.name.PoolName;
import dev.gatehouse.nodes.PoolIssue;
import dev.gatehouse.nodes.PoolReport;
import dev.gatehouse.nodes.PoolReport.Entry;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PoolCommandsTest {
  private static final String TEXT =
      """
      gateway: {name: example.com}
      directory: {administrators: admins}
      machineTypes:
        small: {cpu: 1}
        gpu: {gpus: 1, pool: gpu}
      workspaces: {defaultType: small}
      pools:
        # For training.
        gpu:
          max: 4   # as many as the budget has
          gpus: 1
          instanceTypes: [g5.4xlarge]
        cpu: {min: 1, max: 3}
      """;

  private final ConsoleFixture fixture = new ConsoleFixture().definedAs(TEXT);

  private Outcome gate(String line) {
    return fixture.gate(ROOT, line);
  }

  private String text() {
    return fixture.definitions.current().text();
  }

  private Pool pool(String name) {
    return Objects.requireNonNull(fixture.definition.pools().get(new PoolName(name)));
  }

  private void told(int ready, int desired, int max, PoolIssue... issues) {
    fixture.pools =
        Optional.of(
            new PoolReport(
                NOW.minus(Duration.ofSeconds(20)),
                List.of(
                    new Entry(
                        "gpu",
                        "Karpenter",
                        true,
                        Optional.of("Karpenter"),
                        true,
                        0,
                        Optional.of(max),
                        Optional.of(desired),
                        ready,
                        List.of("g5.4xlarge"),
                        false,
                        List.of(issues),
                        List.of(90L, 95L, 400L),
                        Optional.of(NOW)))));
  }

  // ---- seeing ----

  @Test
  void list_pools_showsWhatIsWishedAndWhatIs() {
    fixture.withWorkspace(ALICE, "gpu", "gpu", State.RUNNING);
    fixture.withWorkspace(BOB, "gpu", "gpu", State.STOPPED);
    told(1, 2, 8);

    assertThat(gate("pool list").out())
        .isEqualTo(
            """
            cpu\tnot known\t-\t1\t3\t0\t-\t-\t-\t-\tno
            gpu\tok\t1 of 2\t0\t4 (8)\t1\tKarpenter\tKarpenter\tPT1M35S\tg5.4xlarge\tno
            """);
  }

  @Test
  void list_poolWithAllItsNodes_isAtItsMost_andOneWithAnIssueSaysSo() {
    told(4, 4, 4);
    assertThat(gate("pool list").out()).contains("gpu\tat its most\t4\t0\t4\t");
    told(1, 1, 4, new PoolIssue("NoMachine", "the cloud has none", Optional.of(NOW)));
    assertThat(gate("pool list").out()).contains("gpu\t1 issue\t");
  }

  /** What the operator told an hour ago is not what is. */
  @Test
  void list_reportIsOld_isNotKnown() {
    told(1, 1, 4);
    fixture.clock = () -> NOW.plus(Duration.ofHours(1));
    assertThat(gate("pool list").out()).contains("gpu\tnot known\t-\t");
  }

  @Test
  void show_pool_saysWhatIsWrong_whoDecides_andWhoRunsThere() {
    fixture.withWorkspace(ALICE, "gpu", "gpu", State.RUNNING);
    told(1, 2, 4, new PoolIssue("InsufficientCapacityError", "no machine", Optional.of(NOW)));

    assertThat(gate("pool show gpu").out())
        .contains("number decided by\tKarpenter\n")
        .contains("a node usually takes\tPT1M35S\n")
        .contains("machine types\tgpu\n")
        .contains("issues\tInsufficientCapacityError\t")
        .contains("workspaces\talice/gpu\tgpu\t");
    assertThat(gate("pool show gpus").err()).contains("there is no pool gpus; there are cpu, gpu");
  }

  // ---- changing ----

  @Test
  void scale_max_changesThatNumberAndNothingElse() {
    var outcome = gate("pool scale gpu --max 8");
    assertThat(outcome.exit()).as(outcome.err()).isZero();
    assertThat(outcome.out()).isEqualTo("Revision 2 is in force.\n");
    assertThat(text()).isEqualTo(TEXT.replace("max: 4   #", "max: 8   #"));
  }

  @Test
  void scale_toZero_isPossible_andNodesArePutIn() {
    assertThat(gate("pool scale cpu --min 0 --max 0").exit()).isZero();
    assertThat(pool("cpu")).returns(0, Pool::min).returns(Optional.of(0), Pool::max);
    assertThat(gate("pool scale gpu --nodes 2").exit()).isZero();
    assertThat(pool("gpu").nodes()).contains(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pool scale gpu --min 5    | 65 | pools.gpu.max is 4, which is less than min",
        "pool scale gpu --nodes 5  | 65 | pools.gpu.nodes is 5, which is more than max",
        "pool scale gpu            | 64 | say how many, such as --max 8",
        "pool scale gpus --max 1   | 65 | there is no pool gpus",
        "pool add gpu              | 65 | there is a pool gpu already",
        "pool add Gpu              | 64 | node pool",
        "pool add x --spot --on-demand | 64 | exclude each other",
        "pool add x --label disk   | 64 | --label takes KEY=VALUE",
        "pool add x --taint a:Never | 65 | effect must be NoSchedule",
        "pool add x --disk huge    | 65 | pools.x.disk must be a size",
        "pool edit gpu             | 64 | say what changes",
        "pool remove gpu --yes     | 65 | these machine types run in pool gpu and nowhere else:"
            + " gpu",
      })
  void change_mistake_isToldAndChangesNothing(String line, int exit, String error) {
    var outcome = gate(line);
    assertThat(outcome.exit()).isEqualTo(exit);
    assertThat(outcome.err()).contains(error);
    assertThat(text()).isEqualTo(TEXT);
  }

  @Test
  void add_pool_hasEverythingThatWasSaid_andAllElseStaysAsWritten() {
    var outcome =
        gate(
            "pool add batch --max 20 --spot --instance-types m7i.4xlarge,m7a.4xlarge --zones"
                + " eu-central-1a,eu-central-1b --disk 200Gi --image AL2023_x86_64_STANDARD"
                + " --label example.com/disk=nvme --label tier=no --taint example.com/batch=yes"
                + " --taint quiet:NoExecute --cpu 16 --memory 64Gi");
    assertThat(outcome.exit()).as(outcome.err()).isZero();
    assertThat(text().lines()).containsAll(TEXT.lines().toList());
    var batch = pool("batch");
    assertThat(batch)
        .returns(Optional.of(20), Pool::max)
        .returns(true, Pool::spot)
        .returns(List.of("m7i.4xlarge", "m7a.4xlarge"), Pool::instanceTypes)
        .returns(List.of("eu-central-1a", "eu-central-1b"), Pool::zones)
        .returns(Optional.of("AL2023_x86_64_STANDARD"), Pool::image);
    assertThat(batch.labels()).hasToString("{example.com/disk=nvme, tier=no}");
    assertThat(batch.taints())
        .containsExactly(
            new Pool.Taint("example.com/batch", "yes", Pool.Effect.NO_SCHEDULE),
            new Pool.Taint("quiet", "", Pool.Effect.NO_EXECUTE));
  }

  @Test
  void add_withoutOptions_hasTheDefaults() {
    assertThat(gate("pool add plain").exit()).isZero();
    assertThat(pool("plain").max()).isEmpty();
  }

  @Test
  void edit_onDemandAndUnset_changeThese() {
    assertThat(gate("pool edit gpu --spot").exit()).isZero();
    assertThat(pool("gpu").spot()).isTrue();
    assertThat(gate("pool edit gpu --on-demand --unset max").exit()).isZero();
    assertThat(pool("gpu")).returns(false, Pool::spot).returns(Optional.empty(), Pool::max);
  }

  @Test
  void remove_poolOfNoType_isGone() {
    assertThat(gate("pool remove cpu --yes").exit()).isZero();
    assertThat(fixture.definition.pools()).containsOnlyKeys(new PoolName("gpu"));
  }

  // ---- people ----

  @Test
  void change_thatTakesNodesWithPeople_asksFirst() {
    fixture.withWorkspace(ALICE, "gpu", "gpu", State.RUNNING);

    var unasked = gate("pool scale gpu --max 1");
    assertThat(unasked.exit()).isNotZero();
    assertThat(unasked.err())
        .contains(
            "lets pool gpu have 1 node at most, in place of 4, on which 1 workspace runs"
                + " (alice/gpu)");
    assertThat(text()).isEqualTo(TEXT);

    assertThat(gate("pool scale gpu --max 1 --yes").exit()).isZero();
    assertThat(gate("pool edit gpu --instance-types g6.xlarge").err())
        .contains("may make the nodes of pool gpu anew, on which 1 workspace runs (alice/gpu)");
  }

  @Test
  void scale_up_asksNobody() {
    fixture.withWorkspace(ALICE, "gpu", "gpu", State.RUNNING);
    assertThat(gate("pool scale gpu --max 9").exit()).isZero();
  }

  // ---- the operator ----

  @Test
  void scale_operatorMakesItSo_isWatchedUntilItRests() {
    var operator =
        new ScriptedOperator(
            part("applied", ""),
            part("applying", "NodePool gatehouse-gpu: Karpenter has not taken it up yet"),
            part("waiting", "pools.gpu.max 4 → 8 waits for gatehouse apply"));
    fixture.operator = Optional.of(operator);

    var outcome = gate("pool scale gpu --max 8");

    assertThat(outcome.exit()).as(outcome.err()).isZero();
    assertThat(outcome.err())
        .contains("pool-gpu applying: NodePool gatehouse-gpu")
        .contains("pool-gpu waiting: pools.gpu.max 4 → 8 waits for gatehouse apply");
  }

  @Test
  void scale_noWait_orNothingChanged_leavesTheOperatorAlone() {
    var operator = new ScriptedOperator(part("applied", ""));
    fixture.operator = Optional.of(operator);

    assertThat(gate("pool scale gpu --max 8 --no-wait").exit()).isZero();
    assertThat(gate("pool scale gpu --max 8").out()).contains("Nothing changes");
    assertThat(operator.asked).isZero();
  }

  private static Part part(String state, String message) {
    return new Part("pool-gpu", state, ScriptedOperator.SINCE, message);
  }
}
