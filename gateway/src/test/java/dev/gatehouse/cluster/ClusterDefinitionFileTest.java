package dev.gatehouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.GatewaySettings.Drain;
import dev.gatehouse.cluster.GatewaySettings.Health;
import dev.gatehouse.cluster.LdapSettings.Bind;
import dev.gatehouse.name.AppName;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.MachineTypeName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
        .isEqualTo(
            new WorkspaceSettings(
                STANDARD, Duration.ofMinutes(5), 5, IdlePolicy.DEFAULT, Duration.ofMinutes(10), 1));
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
              drainWarning: 30m
              drainsAtOnce: 2
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
        .isEqualTo(
            new WorkspaceSettings(
                GPU, Duration.ofSeconds(90), 1, IdlePolicy.DEFAULT, Duration.ofMinutes(30), 2));
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

  /** The gateway then reaches it as the chart deploys it: k8s/directory. */
  @Test
  void parse_directoryThatIsDeployed_isTheOneThatIsAsked() {
    var directory =
        parse("directory: {deployed: {base: 'dc=example,dc=com', servers: 2}}").directory();
    var ldap = directory.ldap().orElseThrow();
    assertThat(ldap.servers())
        .extracting(Object::toString)
        .containsExactly(
            "ldaps://directory-0.directory.gatehouse.svc:1636",
            "ldaps://directory-1.directory.gatehouse.svc:1636");
    assertThat(ldap.bind())
        .isEqualTo(new Bind.Simple("cn=gateway,cn=services", Path.of("ldap-password")));
    assertThat(ldap.ca()).contains(Path.of("ldap-ca.pem"));
    assertThat(ldap.schema().people().base()).isEqualTo("ou=people,dc=example,dc=com");
    assertThat(directory.deployed()).isPresent();
  }

  /** All else has defaults; a section whose lines are all commented out counts too. */
  @ParameterizedTest
  @ValueSource(strings = {"directory: {deployed: {}}", "directory:\n  deployed:\n  # servers: 2"})
  void parse_directoryThatIsDeployed_needsNoMoreThanItsName(String yaml) {
    var directory = parse(yaml).directory();
    assertThat(directory.deployed()).contains(DeployedDirectory.DEFAULT);
    assertThat(directory.ldap().orElseThrow().servers()).hasSize(1);
  }

  @Test
  void parse_directoryInAnotherNamespace_isReachedThere() {
    var ldap =
        parse("kubernetes: {gatewayNamespace: door}\ndirectory: {deployed: {}}").directory().ldap();
    assertThat(ldap.orElseThrow().servers())
        .singleElement()
        .hasToString("ldaps://directory-0.directory.door.svc:1636");
  }

  /** On an administrator's laptop its files are not there, and need not be. */
  @Test
  void load_directoryThatIsDeployed_needsNoFilesBesideIt(@TempDir Path folder) throws IOException {
    var file = Files.writeString(folder.resolve("cluster.yaml"), "directory: {deployed: {}}");
    assertThat(ClusterDefinitionFile.load(file).directory().ldap().orElseThrow().ca())
        .contains(folder.resolve("ldap-ca.pem"));
  }

  @Test
  void parse_directoryWithAWebUi_hasItsAppForAdministrators() {
    var ui = new AppName("ldap-ui");
    var apps = parse("directory: {administrators: ops, deployed: {}}").apps();
    assertThat(apps.get(ui).groups()).containsExactly(new GroupName("ops"));
    assertThat(apps.get(ui).ports()).containsExactly(80);
    assertThat(apps.get(ui).host()).isEqualTo("ldap-ui");
    assertThat(parse("directory: {deployed: {webUi: false}}").apps()).isEmpty();
    assertThat(
            parse("directory: {deployed: {}}\napps: {ldap-ui: {ports: [80], groups: [helpdesk]}}")
                .apps()
                .get(ui)
                .groups())
        .containsExactly(new GroupName("helpdesk"));
  }

  @Test
  void parse_images_areOfOneRepositoryAndVersionUnlessNamed() {
    var images =
        parse(
                "images: {repository: 'registry.example.com:5000/team', tag: 1.2.0, ldapUi:"
                    + " 'mirror/ui@sha256:ab'}")
            .images();
    assertThat(images.gateway())
        .isEqualTo("registry.example.com:5000/team/gatehouse-gateway:1.2.0");
    assertThat(images.toolbox())
        .isEqualTo("registry.example.com:5000/team/gatehouse-toolbox:1.2.0");
    assertThat(images.directory())
        .isEqualTo("registry.example.com:5000/team/gatehouse-directory:1.2.0");
    assertThat(images.ldapUi()).isEqualTo("mirror/ui@sha256:ab");
  }

  @Test
  void parse_toolbox_isTheSameByItsOlderName() {
    for (var yaml : List.of("images: {toolbox: 't:1'}", "kubernetes: {toolboxImage: 't:1'}")) {
      var definition = parse(yaml);
      assertThat(definition.images().toolbox()).isEqualTo("t:1");
      assertThat(definition.kubernetes().toolboxImage()).isEqualTo("t:1");
    }
  }

  /** Whoever knows the directory can tell which of them it lacks. */
  @Test
  void check_groupsThatTheDirectoryLacks_areToldWithTheirPlaces() {
    var checked =
        ClusterDefinitionFile.check(
            "c.yaml",
            """
            login: {rules: [{groups: [contractors], methods: []}]}
            directory: {administrators: ops}
            machineTypes:
              standard: {groups: [ml, chemsitry]}
              big: {like: standard}
            apps: {a: {ports: [80], groups: [ml]}}
            """);
    var known = Set.of(new GroupName("ml"), new GroupName("chemistry"));
    assertThat(checked.groups()).hasSize(5);
    assertThat(checked.unknownGroups(known).stream().map(Remark::toString))
        .containsExactly(
            "c.yaml:1:27: the directory has no group 'contractors'",
            "c.yaml:2:29: the directory has no group 'ops'",
            "c.yaml:4:27: the directory has no group 'chemsitry'; did you mean 'chemistry'?");
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
