package dev.gatehouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.net.Cidr;
import dev.gatehouse.testkit.LogLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LiveDefinitionTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("cluster.yaml");
    write("limits: {maxAuthTries: 3}");
  }

  @Test
  void refresh_fileUnchanged_keepsTheSameObjectAndSaysNothing() {
    var live = live();
    var before = live.get();
    assertThat(logOf(live, 3)).isEmpty();
    assertThat(live.get()).isSameAs(before);
  }

  @Test
  void refresh_fileChanged_isTakenOverOnce() throws IOException {
    var live = live();
    write("limits: {maxAuthTries: 4}");
    assertThat(logOf(live, 4))
        .containsExactly("[definition-changed] %s is in force".formatted(file));
    assertThat(live.get().limits().maxAuthTries()).isEqualTo(4);
  }

  /**
   * cp, an editor or a full disk leave half of a file for a moment, and half of it is sound too.
   */
  @Test
  void refresh_whileTheFileIsBeingWritten_heedsOnlyTheWholeOne() throws IOException {
    var live = live();
    write("limits: {maxAuthTries: 4}\n");
    live.refresh();
    assertThat(live.get().limits().maxAuthTries()).isEqualTo(3);
    write("limits: {maxAuthTries: 4}\nlogin: {methods: [keyboard-");
    live.refresh();
    write("limits: {maxAuthTries: 4}\nlogin: {methods: [keyboard-interactive]}\n");
    live.refresh();
    assertThat(live.get().limits().maxAuthTries()).isEqualTo(3);
    live.refresh();
    assertThat(live.get().limits().maxAuthTries()).isEqualTo(4);
    assertThat(live.get().login().methods()).hasToString("[keyboard-interactive]");
  }

  /** So the kubelet replaces what a ConfigMap mounts; times and sizes may be the same. */
  @Test
  void refresh_symlinkOfTheFolderChanged_isTakenOver() throws IOException {
    var first = Files.createDirectory(folder.resolve("..2026_1"));
    var second = Files.createDirectory(folder.resolve("..2026_2"));
    Files.move(file, first.resolve("cluster.yaml"));
    var changed = Files.writeString(second.resolve("cluster.yaml"), "limits: {maxAuthTries: 5}");
    Files.setLastModifiedTime(changed, Files.getLastModifiedTime(first.resolve("cluster.yaml")));
    var data = Files.createSymbolicLink(folder.resolve("..data"), first.getFileName());
    Files.createSymbolicLink(file, Path.of("..data/cluster.yaml"));
    var live = live();
    var next = Files.createSymbolicLink(folder.resolve("..data_tmp"), second.getFileName());
    Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
    refresh(live, 2);
    assertThat(live.get().limits().maxAuthTries()).isEqualTo(5);
  }

  @Test
  void refresh_fileBroken_keepsTheOneBeforeAndSaysEveryMistakeOnce() throws IOException {
    var live = live();
    write("limits: {maxAuthTries: none}\nlogin: {methods: []}");
    assertThat(logOf(live, 4))
        .singleElement()
        .asString()
        .startsWith("[definition-refused] the definition before stays in force: ")
        .contains(
            "cluster.yaml:1:24: limits.maxAuthTries must be a whole number",
            "cluster.yaml:2:18: login.methods is an empty list");
    assertThat(live.get().limits().maxAuthTries()).isEqualTo(3);
  }

  @Test
  void refresh_brokenFileMended_isSaid() throws IOException {
    var live = live();
    write("limits: {maxAuthTries: none}");
    refresh(live, 2);
    write("limits: {maxAuthTries: 3}");
    assertThat(logOf(live, 2)).singleElement().asString().startsWith("[definition-changed]");
  }

  @Test
  void refresh_fileGone_keepsTheOneBeforeAndSaysItOnce() throws IOException {
    var live = live();
    Files.delete(file);
    assertThat(logOf(live, 4))
        .containsExactly(
            "[definition-refused] the definition before stays in force: cluster definition %s does"
                    .formatted(file)
                + " not exist");
    assertThat(live.get().limits().maxAuthTries()).isEqualTo(3);
    write("limits: {maxAuthTries: 6}");
    refresh(live, 2);
    assertThat(live.get().limits().maxAuthTries()).isEqualTo(6);
  }

  @Test
  void refresh_whatNeedsARestart_staysAndIsNamed() throws IOException {
    var live = live();
    write(
        """
        gateway:
          host: 0.0.0.0
          port: 1234
          algorithms: fips
          name: new
        """);
    assertThat(logOf(live, 2))
        .containsExactly(
            "[definition-changed] %s is in force".formatted(file),
            "[definition-restart] what %s now says of gateway.host, gateway.port,".formatted(file)
                + " gateway.algorithms takes effect after a restart");
    var gateway = live.get().gateway();
    assertThat(gateway.host()).isEqualTo("127.0.0.1");
    assertThat(gateway.port()).isEqualTo(2222);
    assertThat(gateway.algorithms()).isEqualTo(AlgorithmProfile.MODERN);
    assertThat(gateway.name()).isEqualTo("new");
  }

  @Test
  void refresh_whereWorkspacesAreChanges_staysAndIsNamed() throws IOException {
    var live = live();
    var before = live.get().kubernetes();
    write("kubernetes: {namespace: elsewhere, gatewayNamespace: there, reach: direct}");
    assertThat(logOf(live, 2))
        .containsExactly(
            "[definition-changed] %s is in force".formatted(file),
            "[definition-restart] what %s now says of kubernetes.namespace,".formatted(file)
                + " kubernetes.gatewayNamespace, kubernetes.reach takes effect after a restart");
    assertThat(live.get().kubernetes()).isEqualTo(before);
    assertThat(live.restartNeeded())
        .containsExactly("kubernetes.namespace", "kubernetes.gatewayNamespace", "kubernetes.reach");
  }

  @Test
  void refresh_whatWorkspacesAreMadeOfChanges_isTakenOver() throws IOException {
    var live = live();
    write("kubernetes: {toolboxImage: other, homes: {size: 1Gi, snapshotClass: fast}}");
    refresh(live, 2);
    assertThat(live.get().kubernetes().toolboxImage()).isEqualTo("other");
    assertThat(live.get().kubernetes().homes().size()).hasToString("1Gi");
    assertThat(live.restartNeeded()).isEmpty();
  }

  @Test
  void restartNeeded_valueIsWrittenBack_isEmptyAgain() throws IOException {
    var live = live();
    write("gateway: {port: 22}");
    refresh(live, 2);
    assertThat(live.restartNeeded()).containsExactly("gateway.port");
    write("gateway: {motd: Hello}");
    refresh(live, 2);
    assertThat(live.restartNeeded()).isEmpty();
  }

  /** The next connection is asked for a header, or not; a proxy that is trusted no longer lies. */
  @Test
  void refresh_trustedProxies_areTakenOver() throws IOException {
    write("gateway: {proxyProtocolFrom: [10.0.0.0/8]}");
    var live = live();
    write("gateway: {proxyProtocolFrom: [192.0.2.1]}");
    refresh(live, 2);
    assertThat(live.get().gateway().proxyProtocolFrom()).containsExactly(Cidr.parse("192.0.2.1"));
  }

  /** What {@code gatehouse try --port} does. */
  @Test
  void refresh_withAnOverride_keepsItAndAsksForNoRestart() throws IOException {
    var live = new LiveDefinition(file, d -> d.withGateway(d.gateway().withPort(0)));
    write("gateway: {name: new, port: 22}");
    assertThat(logOf(live, 2)).singleElement().asString().startsWith("[definition-changed]");
    assertThat(live.get().gateway().port()).isZero();
    assertThat(live.get().gateway().name()).isEqualTo("new");
  }

  @Test
  void refresh_ofADefinitionWithoutAFile_doesNothing() {
    var only = ClusterDefinitionFile.parse("test.yaml", "{}");
    var live = new LiveDefinition(only);
    refresh(live, 2);
    assertThat(live.get()).isSameAs(only);
  }

  private void write(String yaml) throws IOException {
    Files.writeString(file, yaml);
  }

  private LiveDefinition live() {
    return new LiveDefinition(file, UnaryOperator.identity());
  }

  private static List<String> logOf(LiveDefinition live, int times) {
    try (var log = LogLines.ofThisThread()) {
      refresh(live, times);
      return log.all();
    }
  }

  private static void refresh(LiveDefinition live, int times) {
    for (var i = 0; i < times; i++) {
      live.refresh();
    }
  }
}
