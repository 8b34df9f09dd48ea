package dev.gatehouse.clients;

import static dev.gatehouse.testkit.Laptop.HOST;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Laptop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A lot of data, all of it, in order, over several changes of keys: more than any buffer holds.
 * {@code -Dgatehouse.bulk.bytes=…} says how much.
 */
abstract class BulkContract {
  private static final long SIZE = Long.getLong("gatehouse.bulk.bytes", 64L << 20);

  /** OpenSSH's clients would change their keys after 1 GiB only. */
  private static final String REKEYING = "-oRekeyLimit=" + Math.min(SIZE / 4, 1L << 30);

  /** Made once for all targets: its checksum takes time. */
  private static final Payload PAYLOAD = new Payload(SIZE);

  @Test
  void upload_large_arrivesWhole(Laptop laptop) throws Exception {
    try (var ssh = new Open(laptop.openssh(REKEYING, HOST, "sha256sum").typed().launch())) {
      ssh.feed(PAYLOAD);
      var output = new String(ssh.process().getInputStream().readAllBytes(), UTF_8);
      assertThat(output).startsWith(PAYLOAD.sha256());
      assertThat(ssh.exit()).isZero();
    }
  }

  @Test
  void download_large_arrivesWhole(Laptop laptop) throws Exception {
    var block = Files.write(laptop.remote().resolve("block"), PAYLOAD.block());
    var command = "while cat " + block + "; do :; done 2>/dev/null | head -c " + PAYLOAD.size();
    try (var ssh = new Open(laptop.openssh(REKEYING, HOST, command).launch())) {
      assertThat(Payload.sha256(ssh.process().getInputStream())).isEqualTo(PAYLOAD.sha256());
      assertThat(ssh.exit()).isZero();
    }
  }

  @Test
  void bothWays_atOnce_arriveWhole(Laptop laptop) throws Exception {
    try (var ssh = new Open(laptop.openssh(HOST, "cat").typed().launch())) {
      assertEcho(ssh);
    }
  }

  @Test
  void bothWays_withNewKeysEveryFewMegabytes_arriveWhole(Laptop laptop) throws Exception {
    var rekeying = laptop.openssh("-oRekeyLimit=4M", HOST, "cat");
    try (var ssh = new Open(rekeying.typed().launch())) {
      assertEcho(ssh);
    }
  }

  private static void assertEcho(Open ssh) throws Exception {
    var writer = Thread.ofPlatform().daemon().name("feed").start(() -> ssh.feed(PAYLOAD));
    assertThat(Payload.sha256(ssh.process().getInputStream())).isEqualTo(PAYLOAD.sha256());
    writer.join();
    assertThat(ssh.exit()).isZero();
  }

  /** A client whose streams are too large to be kept. */
  private record Open(Process process) implements AutoCloseable {
    void feed(Payload payload) {
      try (var stdin = process.getOutputStream()) {
        payload.writeTo(stdin);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    int exit() throws InterruptedException {
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
