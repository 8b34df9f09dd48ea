package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.directory.deployed.SlapdHome;
import dev.gatehouse.install.ServeGateway;
import dev.gatehouse.key.KeyFile;
import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Programs;
import dev.gatehouse.testkit.kubernetes.KubernetesCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What operators see of a gateway as it is deployed, and what they see when its directory goes: it
 * says so, and stays where people are sent.
 */
final class ServeMetricsIT {
  private static final String DEFINITION =
      """
      gateway:
        port: 0
        health: {host: 127.0.0.1, port: 0}
        drain: {accept: 0s, limit: 30s}
      kubernetes: {reach: direct, toolboxImage: gatehouse-toolbox}
      """;
  private static final String ADA = "ada@127.0.0.1";

  private final Path folder = Folders.temporary();
  private KubernetesCluster cluster;

  @BeforeEach
  void start() {
    Programs.require("ssh", "openssh-client");
    cluster = KubernetesCluster.pretending();
  }

  @AfterEach
  void end() {
    cluster.close();
    Folders.delete(folder);
  }

  @Test
  void directory_goes_showsInMetricsAndStatusAndNotInReadiness() throws Exception {
    var home = SlapdHome.in(Files.createDirectory(folder.resolve("slapd")));
    var key = home.administratorKey();
    try (var slapd = home.start();
        var gateway = ServeGateway.launch(cluster.server(), DEFINITION + home.definition(), key)) {
      gateway.awaitReady();
      Poll.until("it is copied", () -> gateway.metrics().contains("gatehouse_directory_up 1.0\n"));
      assertThat(status(gateway, key)).containsPattern("directory\tonline, \\d+ people known\n");

      try (var open = ssh(gateway, key, "gate keys add").typed().start()) {
        Poll.until(
            () -> "a channel: " + open.stderrSoFar(),
            Poll.PATIENCE,
            () -> gateway.metrics().contains("gatehouse_channels{type=\"session\"} 1.0\n"));
        assertThat(gateway.metrics()).contains("gatehouse_connections 1.0\n");
      }
      ssh(gateway, key, "gate workspace start").run().ok();
      assertThat(
              gateway
                  .ssh(strangersKey(), knownHosts(), "-oBatchMode=yes", "nobody@127.0.0.1")
                  .run()
                  .exit())
          .isEqualTo(255);
      Poll.until(
          "all are counted",
          () -> gateway.metrics().contains("{code=\"auth-fail\",outcome=\"denied\"} 1.0\n"));
      assertThat(gateway.metrics())
          .contains("gatehouse_logins_total{code=\"ok\",outcome=\"granted\"} 3.0\n")
          .contains("gatehouse_workspaces{state=\"running\"} 1.0\n")
          .contains("gatehouse_workspace_starts_total{code=\"ok\",outcome=\"granted\"} 1.0\n")
          .contains("gatehouse_workspace_start_seconds_count 1\n")
          .contains("gatehouse_connections 0.0\n")
          .doesNotContain("gatehouse_relayed_bytes_total{direction=\"out\"} 0.0")
          .doesNotContain("\"ada\"");

      slapd.kill();
      Poll.until("it is missed", () -> gateway.metrics().contains("gatehouse_directory_up 0.0\n"));
      assertThat(gateway.probe("/readyz")).isEqualTo(200);
      assertThat(gateway.log()).contains("[directory-offline] who is known gets in");
      assertThat(status(gateway, key))
          .containsPattern("directory\toffline for .*, known people still get in by key until ");
    }
  }

  private String status(ServeGateway gateway, Path key) {
    return ssh(gateway, key, "gate status").run().ok().stdout();
  }

  private Program ssh(ServeGateway gateway, Path key, String command) {
    return gateway.ssh(key, knownHosts(), ADA, command);
  }

  private Path strangersKey() {
    var key = folder.resolve("stranger");
    KeyFile.openEd25519(key);
    return key;
  }

  private Path knownHosts() {
    return folder.resolve("known_hosts");
  }
}
