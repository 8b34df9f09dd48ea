package dev.gatehouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.GatewaySettings.Drain;
import dev.gatehouse.cluster.GatewaySettings.Health;
import dev.gatehouse.name.AppName;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.MachineTypeName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClusterDefinitionFileTest {
  private static final MachineTypeName STANDARD = new MachineTypeName("standard");
  private static final MachineTypeName GPU = new MachineTypeName("gpu");

  /** What stands in the file as the default is the default. */
  @Test
  void load_theShippedDefinition_hasTheDefaults() {
    var shipped = ClusterDefinitionFile.load(Path.of("../config/cluster.yaml"));
    assertThat(shipped.login()).isEqualTo(LoginSettings.DEFAULT);
    assertThat(shipped.limits()).isEqualTo(Limits.DEFAULT);
    var empty = parse("{}");
    assertThat(empty.login()).isEqualTo(LoginSettings.DEFAULT);
    assertThat(empty.limits()).isEqualTo(Limits.DEFAULT);
  }

  private static ClusterDefinition parse(String yaml) {
    return ClusterDefinitionFile.parse("cluster.yaml", yaml);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "# nothing but a comment\n",
        "---\n",
        "\uFEFF{}",
        "gateway:\n  # port: 22\nworkspaces:\nmachineTypes:\ndirectory: {}\n",
        "machineTypes:\n  standard:\n"
      })
  void parse_nothingSaid_isTheDefaults(String yaml) {
    var definition = parse(yaml);
    assertThat(definition.gateway().host()).isEqualTo("127.0.0.1");
    assertThat(definition.gateway().port()).isEqualTo(2222);
    assertThat(definition.gateway().algorithms()).isEqualTo(AlgorithmProfile.MODERN);
    assertThat(definition.gateway().banner()).isEmpty();
    assertThat(definition.gateway().motd()).isEmpty();
    assertThat(definition.directory().administrators()).hasToString("gatehouse-admins");
    assertThat(definition.workspaces())
        .isEqualTo(new WorkspaceSettings(STANDARD, Duration.ofMinutes(5), 5, IdlePolicy.DEFAULT));
    assertThat(definition.machineTypes()).containsOnlyKeys(STANDARD);
    assertThat(definition.defaultType().groups()).isEmpty();
  }

  @Test
  void parse_everythingSaid_isTaken() {
    var definition =
        parse(
            """
            gateway:
              name: Turing's cluster
              host: "::"
              port: 22
              banner: |
                For authorised people only.
              motd: "Grüße\\tvon hier\\n"
              algorithms: compatible
            directory:
              administrators: ops
            workspaces:
              defaultType: gpu
              startTimeout: 90s
              perPerson: 1
            machineTypes:
              gpu:
                description: A GPU
                groups: [ml, ops]
                environment:
                  OMP_NUM_THREADS: 8
                  COUNTRY: no
                  VERSION: 1.10
                  EMPTY: ""
                  LD_LIBRARY_PATH: /opt/cuda/lib
            """);
    assertThat(definition.gateway())
        .isEqualTo(
            new GatewaySettings(
                "Turing's cluster",
                "::",
                22,
                Optional.of("For authorised people only.\n"),
                Optional.of("Grüße\tvon hier\n"),
                AlgorithmProfile.COMPATIBLE,
                List.of(),
                new Health("0.0.0.0", Optional.empty()),
                new Drain(Duration.ofSeconds(5), Duration.ofMinutes(5)),
                GatewayDeployment.DEFAULT));
    assertThat(definition.workspaces())
        .isEqualTo(new WorkspaceSettings(GPU, Duration.ofSeconds(90), 1, IdlePolicy.DEFAULT));
    assertThat(definition.defaultType().groups())
        .containsExactly(new GroupName("ml"), new GroupName("ops"));
    assertThat(definition.defaultType().environment())
        .containsEntry("OMP_NUM_THREADS", "8")
        .containsEntry("COUNTRY", "no")
        .containsEntry("VERSION", "1.10")
        .containsEntry("EMPTY", "")
        .containsEntry("LD_LIBRARY_PATH", "/opt/cuda/lib");
  }

  @Test
  void parse_aliasOfAnEnvironment_isTakenTwice() {
    var definition =
        parse(
            """
            machineTypes:
              standard: {environment: &common {A: 1}}
              gpu: {environment: *common}
            """);
    assertThat(definition.machineTypes().get(GPU).environment()).containsEntry("A", "1");
  }

  @Test
  void parse_apps_areForAdministratorsAndWhereTheirNamesSay() {
    var apps =
        ClusterDefinitionFile.parse(
                "test.yaml",
                """
                directory: {administrators: ops}
                apps:
                  ldap-ui: {ports: [80]}
                  spark: {description: Jobs, host: 10.0.0.7, ports: [8080, 443], groups: [ml]}
                """)
            .apps();
    assertThat(apps.values())
        .containsExactly(
            new App(
                new AppName("ldap-ui"),
                "",
                "ldap-ui",
                new TreeSet<>(Set.of(80)),
                Set.of(new GroupName("ops"))),
            new App(
                new AppName("spark"),
                "Jobs",
                "10.0.0.7",
                new TreeSet<>(Set.of(443, 8080)),
                Set.of(new GroupName("ml"))));
  }

  @Test
  void load_theDefaultDefinition_isValid() {
    var definition = ClusterDefinitionFile.load(Path.of("../config/cluster.yaml"));
    assertThat(definition.machineTypes().keySet())
        .extracting(MachineTypeName::value)
        .containsExactly("gpu", "standard", "wide");
    assertThat(definition.machineTypes().get(GPU).groups()).containsExactly(new GroupName("ml"));
    assertThat(definition.gateway().banner()).isEmpty();
    assertThat(definition.gateway().motd()).isPresent();
  }
}
