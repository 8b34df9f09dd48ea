package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.install.ServeGateway;
import dev.gatehouse.key.KeyFile;
import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Ports;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Programs;
import dev.gatehouse.testkit.Terminal;
import dev.gatehouse.testkit.kubernetes.KubernetesCluster;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The product as it is deployed: the program, a cluster, and people with ssh. */
final class ServeIT {
  private static final String DEFINITION =
      """
      gateway:
        port: 0
        health: {host: 127.0.0.1, port: 0}
        drain: {accept: 0s, limit: 30s}
      workspaces: {startTimeout: 1m}
      kubernetes: {reach: direct, toolboxImage: gatehouse-toolbox}
      """;
  private static final String SOON_IDLE =
      DEFINITION + "machineTypes: {standard: {idle: {after: 8s, busyMillicores: 0}}}\n";
  private static final String SHORT_LIFE =
      DEFINITION
          + "machineTypes: {standard: {idle: {after: 8s, maxLifetime: 12s, warning: 10s}}}\n";

  private static final String GATEWAYS = "gatehouse";

  private static KubernetesCluster cluster;
  private final Path folder = Folders.temporary();
  private final Path key = folder.resolve("id_ed25519");
  private final Path knownHosts = folder.resolve("known_hosts");

  @BeforeAll
  static void startCluster() {
    Programs.require("ssh", "openssh-client");
    cluster = KubernetesCluster.start();
  }

  @AfterAll
  static void endCluster() {
    cluster.close();
  }

  @AfterEach
  void clear() {
    cluster.clear();
    // The test has ended its gateway as a power cut would, and the next has no time to wait.
    cluster.admin().leases().inNamespace(GATEWAYS).delete();
    cluster.admin().pods().inNamespace(GATEWAYS).delete();
    Folders.delete(folder);
  }

  ServeIT() {
    KeyFile.openEd25519(key);
  }

  @Test
  void exec_workspaceIsNotThere_showsTheStartAndAnswersAsTheProgram() {
    cluster.kubelet().holdPulls();
    try (var gateway = start(DEFINITION);
        var exec = ssh(gateway, "echo from $(id -un); exit 7").start()) {
      exec.awaitStderr("(?i)image|pull");
      cluster.kubelet().letPull();
      var result = exec.await();
      assertThat(result.stdout()).isEqualTo("from alice\n");
      assertThat(result.exit()).isEqualTo(7);
      assertThat(ssh(gateway, "gate workspace list").run().ok().stdout()).contains("running");
    }
  }

  @Test
  void session_untilItEnds_keepsTheWorkspaceWhichIsIdleThenAndComesBack() {
    try (var gateway = start(SOON_IDLE)) {
      try (var session = ssh(gateway, "echo here; sleep 1000").start()) {
        session.awaitStdout("here");
        for (var i = 0; i < 4; i++) {
          var before = lastUse();
          Poll.until("the use is told", () -> lastUse().isAfter(before));
        }
        assertThat(Duration.between(Instant.parse(mark("started-at")), lastUse()))
            .isGreaterThan(Duration.ofSeconds(4));
        assertThat(replicas()).isEqualTo(1);
      }
      Poll.until(() -> gateway.log(), Duration.ofSeconds(60), () -> replicas() == 0);
      assertThat(mark("stopped-for")).isEqualTo("idle");
      assertThat(ssh(gateway, "exit 5").run().exit()).isEqualTo(5);
    }
  }

  @Test
  void terminal_beforeTheEndOfItsWorkspace_isWarnedOnce() {
    try (var gateway = start(SHORT_LIFE);
        var shell = Terminal.open(ssh(gateway, "-tt"), 200, 24)) {
      shell.await("is as old as a machine of type standard may get");
      Poll.until(() -> gateway.log(), Duration.ofSeconds(60), () -> replicas() == 0);
      assertThat(mark("stopped-for")).isEqualTo("lifetime");
      assertThat(shell.screen().split("is as old as a machine", -1)).hasSize(2);
    }
  }

  @Test
  void sigterm_withOpenSessions_letsThemFinishAndTakesNoNewOnes() throws Exception {
    try (var gateway = start(DEFINITION);
        var shell = Terminal.open(ssh(gateway, "-tt"), 200, 24);
        var exec = ssh(gateway, "echo here; read line; exit 6").typed().start()) {
      exec.awaitStdout("here");
      shell.type("echo $((40 + 2))\r");
      shell.await("42");
      gateway.terminate();
      Poll.until("unready", () -> gateway.probe("/readyz") == 503);
      shell.await("going down");
      Poll.until("it takes nobody in", () -> Ports.isFree(gateway.port()));
      exec.type("go\n");
      assertThat(exec.await().exit()).isEqualTo(6);
      shell.type("exit 4\r");
      assertThat(shell.exit()).isEqualTo(4);
      assertThat(gateway.await().exit()).isEqualTo(143);
      assertThat(gateway.log()).doesNotContain("are cut off").doesNotContain("ERROR");
    }
  }

  @Test
  void sigterm_sessionDoesNotEnd_isToldAndCutOff() {
    try (var gateway = start(DEFINITION.replace("30s", "2s"));
        var exec = ssh(gateway, "echo here; sleep 1000").start()) {
      exec.awaitStdout("here");
      gateway.terminate();
      var result = exec.await();
      assertThat(result.exit()).isEqualTo(255);
      assertThat(result.stderr()).contains("gateway-closing");
      assertThat(gateway.await().exit()).isEqualTo(143);
      // It is the other gateways' business whether the workspace stays.
      assertThat(replicas()).isEqualTo(1);
    }
  }

  @Test
  void start_twoAtTheSameMoment_showTheSameHostKeysAndReachTheSameWorkspace() {
    cluster.admin().secrets().inNamespace(GATEWAYS).delete();
    try (var one = launch(DEFINITION);
        var other = launch(DEFINITION)) {
      one.awaitReady();
      other.awaitReady();
      ssh(one, "echo one > file").run().ok();
      // The client has noted the host key of the one, by the name of both.
      assertThat(ssh(other, "cat file").run().ok().stdout()).isEqualTo("one\n");
      ssh(one, "gate hostkey rotate").run().ok();
      Poll.until(
          "the other has followed",
          () -> ssh(other, "gate hostkey list").run().ok().stdout().contains("next"));
      assertThat(one.log() + other.log()).containsOnlyOnce("[leader]").doesNotContain("ERROR");
    }
  }

  @Test
  void session_ofAnotherGateway_isSeenToldAndEndedFromHere() {
    for (var name : List.of("gatehouse-a", "gatehouse-b", "gatehouse-lost")) {
      gatewayPod(name);
    }
    try (var one = ServeGateway.launch(cluster.server(), DEFINITION, key, "gatehouse-a");
        var other = ServeGateway.launch(cluster.server(), DEFINITION, key, "gatehouse-b")) {
      one.awaitReady();
      other.awaitReady();
      Poll.until("answered", () -> (one.log() + other.log()).split("replica-ready", -1).length > 2);
      try (var exec = ssh(one, "echo here; sleep 1000").start()) {
        exec.awaitStdout("here");
        var list = ssh(other, "gate session list").run();
        assertThat(list.stderr()).contains("no answer from gatehouse-lost:", "(replica-silent)");
        assertThat(list.exit()).isEqualTo(69);
        cluster.admin().pods().inNamespace(GATEWAYS).withName("gatehouse-lost").delete();

        var sessions = ssh(other, "gate session list").run().ok().stdout().lines().toList();
        assertThat(sessions).hasSize(2);
        var numbers = sessions.stream().map(line -> line.split("\t", -1)[0]).toList();
        assertThat(numbers).doesNotHaveDuplicates();
        for (var number : numbers) {
          var killed = ssh(other, "gate session kill " + number).run();
          assertThat(killed.stdout() + killed.stderr()).containsAnyOf("is ended", "no session");
        }
        assertThat(exec.await().stderr()).contains("ended by alice");
      }
    }
  }

  private static void gatewayPod(String name) {
    var pod =
        new PodBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(GATEWAYS)
            .addToLabels("app.kubernetes.io/name", "gatehouse")
            .addToLabels("app.kubernetes.io/component", "gateway")
            .endMetadata()
            .withNewSpec()
            .withNewSecurityContext()
            .withRunAsNonRoot(true)
            .withNewSeccompProfile()
            .withType("RuntimeDefault")
            .endSeccompProfile()
            .endSecurityContext()
            .addNewContainer()
            .withName("gateway")
            .withImage("gatehouse-gateway:1")
            .withNewSecurityContext()
            .withAllowPrivilegeEscalation(false)
            .withNewCapabilities()
            .addToDrop("ALL")
            .endCapabilities()
            .endSecurityContext()
            .addNewPort()
            .withName("replicas")
            .withContainerPort(Ports.free())
            .endPort()
            .endContainer()
            .endSpec()
            .build();
    var pods = cluster.admin().pods().inNamespace(GATEWAYS);
    pods.resource(pod).create();
    pods.withName(name)
        .editStatus(
            made ->
                new PodBuilder(made)
                    .editOrNewStatus()
                    .withPhase("Running")
                    .withPodIP("127.0.0.1")
                    .endStatus()
                    .build());
  }

  @Test
  void start_apiServerIsAway_waitsForItAndRecovers() {
    // Started without any keys of its own.
    cluster.server().down();
    try (var gateway = launch(DEFINITION).awaitPatience()) {
      cluster.server().up();
      assertThat(ssh(gateway.awaitReady(), "exit 3").run().exit()).isEqualTo(3);
    }
  }

  private ServeGateway start(String definition) {
    return ServeGateway.start(cluster.server(), definition, key);
  }

  private ServeGateway launch(String definition) {
    return ServeGateway.launch(cluster.server(), definition, key);
  }

  private Program ssh(ServeGateway gateway, String command) {
    return command.equals("-tt")
        ? gateway.ssh(key, knownHosts, "-tt", "alice@127.0.0.1")
        : gateway.ssh(key, knownHosts, "alice@127.0.0.1", command);
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

  private static int replicas() {
    return set().getSpec().getReplicas();
  }

  private static String mark(String name) {
    return set().getMetadata().getAnnotations().get("gatehouse.dev/" + name);
  }

  private static Instant lastUse() {
    return Instant.parse(mark("last-use"));
  }
}
