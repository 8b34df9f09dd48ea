package dev.gatehouse.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.BuiltImages;
import dev.gatehouse.testkit.ContainerSpec;
import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.PodNetwork;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Result;
import dev.gatehouse.testkit.Runc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The gateway's image, run as its pod would be: as an ordinary user, without capabilities, and with
 * nothing to write to but /tmp. It holds everything that a gateway is, so {@code gatehouse try} in
 * it is one that people can log in to.
 */
final class GatewayImageIT {
  private static final Duration START = Duration.ofMinutes(2);
  private static final Pattern READY = Pattern.compile("is ready on 127\\.0\\.0\\.1, port (\\d+)");

  private static Path folder;
  private static Path tmp;
  private static PodNetwork network;
  private static Runc gateway;

  @BeforeAll
  static void start() throws IOException {
    var spec = gateway("try", "--port", "0", "--state", "/tmp/state");
    folder = Folders.temporary();
    tmp = Files.createDirectory(folder.resolve("tmp"));
    Files.setAttribute(tmp, "unix:mode", 01777);
    network = PodNetwork.create();
    var begin = Instant.now();
    gateway = Runc.start(spec.mounting(tmp, "/tmp", false).joining(network.path()));
    Poll.until(
        () -> "a gateway: " + gateway.stdout() + gateway.stderr(),
        START,
        () -> READY.matcher(gateway.stdout()).find() || !gateway.isRunning());
    System.out.printf(
        "image gateway: ready after %d ms%n", Duration.between(begin, Instant.now()).toMillis());
  }

  @AfterAll
  static void close() {
    gateway.close();
    network.close();
    Folders.delete(folder);
  }

  /** With this option the JVM ends when it cannot use the cache that the image brings. */
  @Test
  void start_withCacheMandatory_isReady() {
    assertThat(gateway.stdout()).containsPattern(READY);
    assertThat(gateway.stderr()).doesNotContain("AOT", "CDS", "WARN", "Exception");
  }

  @Test
  void client_connects_isGreeted() {
    var scan = inside("ssh-keyscan", "-t", "ed25519", "-p", port(), "127.0.0.1").run().ok();
    assertThat(scan.stdout()).contains("ssh-ed25519 ");
  }

  @Test
  void person_logsIn_gatewayAnswers() {
    // The folder has another path out here, and these keys are all that is needed of it.
    var config = Folders.read(tmp.resolve("state/ssh_config"));
    Folders.write(
        folder.resolve("ssh_config"), config.replace("/tmp/state", tmp.resolve("state") + ""));
    var whoami =
        inside("ssh", "-F", folder.resolve("ssh_config").toString(), "gatehouse", "gate", "whoami");
    assertThat(whoami.run().ok().stdout()).contains("administrator");
  }

  @Test
  void process_isUnprivileged() {
    var status = gateway.exec("/gatehouse/jre/bin/jcmd", "-l").run().ok().stdout();
    assertThat(status).contains("gatehouse.jar");
    // Seen from outside, since the image has nothing to look with.
    assertThat(Folders.read(Path.of("/proc", "" + gateway.pid(), "status")))
        .containsPattern("Uid:\\s+65532\\s+65532\\s")
        .containsPattern("CapEff:\\s+0+\n")
        .containsPattern("NoNewPrivs:\\s+1\n");
  }

  @Test
  void term_ends() throws IOException {
    var other = Files.createDirectory(folder.resolve("other"));
    Files.setAttribute(other, "unix:mode", 01777);
    try (var second =
        Runc.start(
            gateway("try", "--port", "0", "--state", "/tmp/state")
                .mounting(other, "/tmp", false))) {
      Poll.until(
          () -> "a gateway: " + second.stdout() + second.stderr(),
          START,
          () -> READY.matcher(second.stdout()).find());
      second.kill("TERM");
      var result = second.await();
      assertThat(result.exit()).isEqualTo(128 + 15);
      assertThat(result.stderr()).doesNotContain("WARN", "ERROR", "Exception");
    }
  }

  @Test
  void unknownCommand_isRefusedAsUsage() {
    Result result = Runc.run(gateway("no-such-command"));
    assertThat(result.exit()).isEqualTo(64);
    assertThat(result.stderr()).contains("no-such-command");
  }

  /** The image's own entry point, which insists on its cache, with other arguments. */
  private static ContainerSpec gateway(String... arguments) {
    var image = BuiltImages.gateway();
    var args = new ArrayList<>(image.args());
    assertThat(args.removeLast()).isEqualTo("serve");
    args.add(1, "-XX:AOTMode=on");
    args.addAll(List.of(arguments));
    return ContainerSpec.of(image).running(args).withReadOnlyRoot();
  }

  private static Program inside(String... command) {
    return network.inside(Program.in(folder, List.of(command)));
  }

  private static String port() {
    var port = READY.matcher(gateway.stdout());
    assertThat(port.find()).isTrue();
    return port.group(1);
  }
}
