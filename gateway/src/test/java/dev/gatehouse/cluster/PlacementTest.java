package dev.gatehouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.cluster.Hardware.Toleration;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.MachineTypeName;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Machine types and node pools: what a type gets from its pool, and what fits nowhere. */
final class PlacementTest {
  private static final String POOLS =
      """
      pools:
        cpu: {cpu: 8, memory: 32Gi}
        gpu:
          cpu: 16
          memory: 128Gi
          gpus: 2
          labels: {example.com/disk: nvme}
          taints: [{key: nvidia.com/gpu, value: present}]
      """;

  private static Hardware hardware(String yaml) {
    var types = ClusterDefinitionFile.parse("c.yaml", yaml + POOLS).machineTypes();
    return Objects.requireNonNull(types.get(new MachineTypeName("standard"))).hardware();
  }

  private static String mistakes(String yaml) {
    return catchThrowableOfType(UserError.class, () -> ClusterDefinitionFile.parse("c.yaml", yaml))
        .text();
  }

  @Test
  void parse_typeThatNamesItsPool_goesThereAndNowhereElse() {
    var gpu =
        hardware(
            """
            machineTypes:
              standard: {pool: gpu, gpus: 1, nodeSelector: {a: b}, tolerations: [{key: c}]}
            """);
    assertThat(gpu.nodeSelector()).hasToString("{a=b, gatehouse.dev/pool=gpu}");
    assertThat(gpu.tolerations())
        .containsExactly(
            new Toleration("c", Toleration.ANY), new Toleration("nvidia.com/gpu", "present"));
  }

  @Test
  void parse_taintThatTheTypeTolerates_isNotNamedTwice() {
    var gpu =
        hardware("machineTypes: {standard: {pool: gpu, tolerations: [{key: nvidia.com/gpu}]}}\n");
    assertThat(gpu.tolerations()).containsExactly(new Toleration("nvidia.com/gpu", Toleration.ANY));
  }

  @Test
  void parse_gpuResource_isThatOfThePoolUnlessTheTypeSaysOtherwise() {
    var pools = "\npools: {amd: {gpus: 4, gpuResource: amd.com/gpu}}";
    var types =
        ClusterDefinitionFile.parse(
                "c.yaml", "machineTypes: {standard: {pool: amd, gpus: 4}}" + pools)
            .machineTypes();
    assertThat(types.firstEntry().getValue().hardware().gpuResource()).isEqualTo("amd.com/gpu");
    assertThat(
            mistakes(
                "machineTypes: {standard: {pool: amd, gpus: 1, gpuResource: nvidia.com/gpu}}"
                    + pools))
        .isEqualTo(
            "c.yaml:1:60: machineTypes.standard asks for nvidia.com/gpu, and pool amd has"
                + " amd.com/gpu");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cpu: 9             | 1:45: machineTypes.standard asks for cpu: 9, and a node of pool cpu"
            + " has 8",
        "cpu: 8001m         | 1:45: machineTypes.standard asks for cpu: 8001m, and a node of pool"
            + " cpu has 8",
        "memory: 33Gi       | 1:48: machineTypes.standard asks for memory: 33Gi, and a node of pool"
            + " cpu has 32Gi",
        "memory: 32769Mi    | 1:48: machineTypes.standard asks for memory: 32769Mi, and a node of"
            + " pool cpu has 32Gi",
        "gpus: 1            | 1:46: machineTypes.standard asks for gpus: 1, and a node of pool cpu"
            + " has 0",
      })
  void parse_typeThatItsPoolCannotHold_isRefused(String key, String expected) {
    assertThat(mistakes("machineTypes: {standard: {pool: cpu,   %s}}\n".formatted(key) + POOLS))
        .isEqualTo("c.yaml:" + expected);
  }

  @ParameterizedTest
  @CsvSource({"cpu: 8000m", "memory: 32768Mi", "cpu: 0.5", "memory: 1Mi"})
  void parse_typeThatItsPoolCanHold_isTaken(String key) {
    assertThat(
            hardware("machineTypes: {standard: {pool: cpu, %s}}\n".formatted(key))
                .pool()
                .isPresent())
        .isTrue();
  }

  /** What is inherited stands elsewhere; the type that does not fit is the one to change. */
  @Test
  void parse_inheritedSizeThatThePoolCannotHold_isToldAtThePool() {
    assertThat(
            mistakes(
                """
                machineTypes:
                  standard: {cpu: 16, pool: gpu}
                  small: {like: standard, pool: cpu}
                """
                    + POOLS))
        .isEqualTo(
            "c.yaml:3:33: machineTypes.small asks for cpu: 16, and a node of pool cpu has 8");
  }

  @Test
  void parse_typeThatNoPoolCanHold_isRefused() {
    assertThat(mistakes("machineTypes:\n  standard:\n    memory: 1Ti\n" + POOLS))
        .isEqualTo(
            "c.yaml:3:13: no pool can hold machineTypes.standard: it asks for memory: 1Ti, and a"
                + " node of pool cpu has 32Gi; it asks for memory: 1Ti, and a node of pool gpu has"
                + " 128Gi; first add a pool that can, or let the type ask for less");
  }

  @Test
  void parse_poolOfUnknownSize_canHoldEverythingButGpus() {
    assertThat(
            ClusterDefinitionFile.parse(
                    "c.yaml", "machineTypes: {standard: {memory: 9Ti}}\npools: {a: {cpu: 1}}")
                .pools())
        .hasSize(1);
    assertThat(mistakes("machineTypes: {standard: {gpus: 1}}\npools: {a: {}}"))
        .startsWith("c.yaml:1:33: no pool can hold machineTypes.standard: it asks for gpus: 1");
  }

  /** A wrong size is one mistake, not two. */
  @Test
  void parse_mistakeInAPool_isNotToldAsATypeThatDoesNotFit() {
    assertThat(mistakes("machineTypes: {standard: {gpus: 1}}\npools: {a: {gpus: one}}"))
        .isEqualTo("c.yaml:2:19: pools.a.gpus must be a whole number from 0 to 64, not 'one'");
    assertThat(mistakes("machineTypes: {standard: {gpus: 1, cpu: all}}\npools: {a: {gpus: 0}}"))
        .startsWith("c.yaml:1:41: machineTypes.standard.cpu must be")
        .doesNotContain("\n");
  }

  /** There may be nodes that nobody has named: it is worth a look, and no mistake. */
  @Test
  void check_typeThatTheTaintsOfAllPoolsKeepOut_isWarnedOf() {
    var checked =
        ClusterDefinitionFile.check(
            "c.yaml",
            """
            machineTypes:
              standard: {cpu: 1}
              fast: {nodeSelector: {disk: nvme}, tolerations: [{key: a}]}
            pools:
              old: {labels: {disk: sata}, taints: [{key: a}]}
              soft: {taints: [{key: b, effect: PreferNoSchedule}, {key: c, effect: NoExecute}]}
            """);
    assertThat(checked.warnings().stream().map(Remark::toString))
        .containsExactly(
            "c.yaml:2:13: no pool can hold machineTypes.standard: it does not tolerate the taint a"
                + " of pool old; it does not tolerate the taint c of pool soft",
            "c.yaml:3:24: no pool can hold machineTypes.fast: it asks for the label disk: nvme, and"
                + " pool old has sata; it does not tolerate the taint c of pool soft");
  }

  @Test
  void check_typeThatTakesAWholeNode_isWarnedOf() {
    var checked =
        ClusterDefinitionFile.check(
            "c.yaml", "machineTypes: {standard: {pool: cpu, cpu: 8000m, memory: 30Gi}}\n" + POOLS);
    assertThat(checked.warnings())
        .singleElement()
        .hasToString(
            "c.yaml:1:43: machineTypes.standard asks for all the cores of a node of pool cpu: no"
                + " node has room for it beside the system's own pods");
  }

  @Test
  void check_typeThatFits_isNotWarnedOf() {
    assertThat(ClusterDefinitionFile.check("c.yaml", "{}").warnings()).isEmpty();
    assertThat(ClusterDefinitionFile.check("c.yaml", POOLS).warnings()).isEmpty();
  }
}
