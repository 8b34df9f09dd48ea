package dev.gatehouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.LogLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("it reads the log of the whole process")
final class LiveDefinitionTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("cluster.yaml");
    Files.writeString(file, "limits: {maxAuthTries: 3}");
  }

  @Test
  void refresh_fileUnchanged_keepsTheSameObject() {
    var live = live();
    var before = live.get();
    live.refresh();
    assertThat(live.get()).isSameAs(before);
  }

  @Test
  void refresh_fileChanged_isTakenOver() throws IOException {
    var live = live();
    Files.writeString(file, "limits: {maxAuthTries: 4}");
    live.refresh();
    assertThat(live.get().limits().maxAuthTries()).isEqualTo(4);
  }

  /** As the kubelet replaces a ConfigMap: a symlink points elsewhere, times may be older. */
  @Test
  void refresh_symlinkChanged_isTakenOver() throws IOException {
    var link = folder.resolve("link.yaml");
    Files.createSymbolicLink(link, file);
    var live = new LiveDefinition(link, UnaryOperator.identity());
    var other = Files.writeString(folder.resolve("other.yaml"), "limits: {maxAuthTries: 5}");
    Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
    Files.delete(link);
    Files.createSymbolicLink(link, other);
    live.refresh();
    assertThat(live.get().limits().maxAuthTries()).isEqualTo(5);
  }

  @Test
  void refresh_fileBroken_keepsTheOneBeforeAndSaysItOnce() throws IOException {
    var live = live();
    Files.writeString(file, "limits: {maxAuthTries: none}");
    try (var log = LogLines.ofGateway()) {
      live.refresh();
      live.refresh();
      assertThat(log.all())
          .singleElement()
          .asString()
          .contains("[definition-refused]", "cluster.yaml:1:24: limits.maxAuthTries");
    }
    assertThat(live.get().limits().maxAuthTries()).isEqualTo(3);
  }

  @Test
  void refresh_fileGone_keepsTheOneBefore() throws IOException {
    var live = live();
    Files.delete(file);
    live.refresh();
    assertThat(live.get().limits().maxAuthTries()).isEqualTo(3);
  }

  @Test
  void refresh_whatNeedsARestart_staysAndIsNamed() throws IOException {
    var live = live();
    Files.writeString(file, "gateway: {port: 1234, algorithms: fips, name: new}");
    try (var log = LogLines.ofGateway()) {
      live.refresh();
      assertThat(log.all())
          .anyMatch(
              line ->
                  line.startsWith("[definition-restart]")
                      && line.endsWith("gateway.host and gateway.port, gateway.algorithms"));
    }
    assertThat(live.get().gateway().port()).isEqualTo(2222);
    assertThat(live.get().gateway().algorithms()).isEqualTo(AlgorithmProfile.MODERN);
    assertThat(live.get().gateway().name()).isEqualTo("new");
  }

  @Test
  void refresh_withAnOverride_keepsIt() throws IOException {
    var live = new LiveDefinition(file, d -> d.withGateway(d.gateway().withPort(0)));
    Files.writeString(file, "gateway: {name: new}");
    live.refresh();
    assertThat(live.get().gateway().port()).isZero();
    assertThat(live.get().gateway().name()).isEqualTo("new");
  }

  private LiveDefinition live() {
    return new LiveDefinition(file, UnaryOperator.identity());
  }
}
