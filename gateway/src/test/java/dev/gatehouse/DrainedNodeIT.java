package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.install.ServeGateway;
import dev.gatehouse.key.KeyFile;
import dev.gatehouse.platform.nodes.DrainSettings;
import dev.gatehouse.platform.nodes.NodeKeeper;
import dev.gatehouse.platform.nodes.NodePublisher;
import dev.gatehouse.scheduling.PeriodicTask;
import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Programs;
import dev.gatehouse.testkit.Terminal;
import dev.gatehouse.testkit.kubernetes.KubernetesCluster;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An administrator empties a node over ssh while somebody works on it: the program, workspaces that
 * are real containers, and the part of the operator that looks after nodes.
 */
final class DrainedNodeIT {
  private static final String DEFINITION =
      """
      gateway:
        port: 0
        health: {host: 127.0.0.1, port: 0}
        drain: {accept: 0s, limit: 30s}
      workspaces: {startTimeout: 1m}
      kubernetes: {reach: direct, toolboxImage: gatehouse-toolbox}
      """;
  private static final String GATEWAYS = "gatehouse";
  private static final Duration SOON = Duration.ofMillis(300);

  private final Path folder = Folders.temporary();
  private final Path key = folder.resolve("id_ed25519");
  private final Path knownHosts = folder.resolve("known_hosts");
  private KubernetesCluster cluster;
  private KubernetesClient operator;
  private List<PeriodicTask> duties;

  @BeforeEach
  void start() {
    Programs.require("ssh", "openssh-client");
    KeyFile.openEd25519(key);
    cluster = KubernetesCluster.start();
    for (var node : List.of("n1", "n2")) {
      cluster.admin().resource(node(node)).create();
    }
    cluster
        .admin()
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName("gatehouse-requests")
                .withNamespace(GATEWAYS)
                .endMetadata()
                .build())
        .create();
    operator = cluster.server().client();
    var clock = InstantSource.system();
    var publisher =
        new NodePublisher(
            operator, GATEWAYS, List.of(GATEWAYS, KubernetesCluster.NAMESPACE), clock);
    var settings =
        new DrainSettings(Duration.ofSeconds(8), 1, GATEWAYS, KubernetesCluster.NAMESPACE);
    var keeper = new NodeKeeper(operator, GATEWAYS, () -> settings, "", clock);
    duties =
        List.of(
            PeriodicTask.every(() -> SOON, "test-nodes", publisher::round),
            PeriodicTask.every(() -> SOON, "test-drains", keeper::round));
  }

  private static io.fabric8.kubernetes.api.model.Node node(String name) {
    return new NodeBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .withNewSpec()
        .endSpec()
        .withNewStatus()
        .addNewCondition()
        .withType("Ready")
        .withStatus("True")
        .endCondition()
        .endStatus()
        .build();
  }

  @AfterEach
  void end() {
    duties.forEach(PeriodicTask::close);
    operator.close();
    cluster.close();
    Folders.delete(folder);
  }

  private Program ssh(ServeGateway gateway, String... more) {
    var words = new String[more.length + 1];
    words[0] = "alice@127.0.0.1";
    System.arraycopy(more, 0, words, 1, more.length);
    return gateway.ssh(key, knownHosts, words);
  }

  @Test
  void drain_nodeWithSomebodyOnIt_warnsThem_andTheirWorkspaceComesBackElsewhere() {
    try (var gateway = ServeGateway.start(cluster.server(), DEFINITION, key);
        var shell =
            Terminal.open(gateway.ssh(key, knownHosts, "-tt", "alice@127.0.0.1"), 250, 24)) {
      shell.type("echo $((40 + 2))\r");
      shell.await("42");
      try (var drain = ssh(gateway, "gate node drain n1").start()) {
        shell.await("node n1 is emptied for maintenance by alice: workspace main ends in");
        drain.awaitStderr("n1: alice is told; pods leave at");
        shell.await("workspace main is taken off its node: its node is being emptied");
        var result = drain.await();
        assertThat(result.stderr())
            .contains("n1: closed to new pods", "n1: pods leave", "n1: empty: 1 pod left");
        assertThat(result.ok().stdout())
            .isEqualTo(
                "Node n1 is empty: 1 pod left, 1 workspace moved. To open it again: gate node"
                    + " uncordon n1\n");
      }
      assertThat(ssh(gateway, "echo back").run().ok().stdout()).isEqualTo("back\n");
      assertThat(ssh(gateway, "gate node show n1").run().ok().stdout())
          .contains("alice/main\truns on n2");
      assertThat(ssh(gateway, "gate node list").run().ok().stdout())
          .contains("n1\tcordoned\t", "n2\tready\t");
      assertThat(ssh(gateway, "gate node uncordon n1").run().ok().stdout())
          .isEqualTo("Node n1 is open.\n");
    }
  }

  /** Nothing is lost by a drain that somebody calls off. */
  @Test
  void drain_calledOff_leavesPeopleAlone() {
    try (var gateway = ServeGateway.start(cluster.server(), DEFINITION, key);
        var shell =
            Terminal.open(gateway.ssh(key, knownHosts, "-tt", "alice@127.0.0.1"), 250, 24)) {
      shell.type("echo $((40 + 2))\r");
      shell.await("42");
      ssh(gateway, "gate node drain n1 --no-wait").run().ok();
      shell.await("is emptied for maintenance");
      ssh(gateway, "gate node uncordon n1").run().ok();
      shell.await("it was called off by alice: your workspace goes on");
      shell.type("exit 4\r");
      assertThat(shell.exit()).isEqualTo(4);
    }
  }
}
