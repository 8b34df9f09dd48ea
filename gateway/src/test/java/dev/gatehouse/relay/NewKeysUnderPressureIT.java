package dev.gatehouse.relay;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.LocalTarget;
import org.junit.jupiter.api.Test;

/**
 * Keys are exchanged while more waits for a client than may: nothing of it can be written before
 * the client has been heard, though reading stops for a client with that much before it.
 */
class NewKeysUnderPressureIT {
  /** One channel alone may have 2 MiB on their way. */
  private static final String DEFINITION = "{gateway: {port: 0}, limits: {maxPendingBytes: 1M}}";

  private static final String BYTES = "67108864";

  @Test
  void download_withNewKeysEveryFewMegabytes_arrivesWhole() {
    assertThat(count("%s 'head -c " + BYTES + " /dev/zero' | wc -c")).isEqualTo(BYTES);
  }

  @Test
  void upload_withNewKeysEveryFewMegabytes_arrivesWhole() {
    assertThat(count("head -c " + BYTES + " /dev/zero | %s wc -c")).isEqualTo(BYTES);
  }

  /** What a shell of the client's says, where {@code %s} stands for ssh and the host. */
  private static String count(String line) {
    try (var gateway = LocalTarget.start(DEFINITION);
        var laptop = new Laptop(gateway)) {
      var ssh = laptop.sshCommand() + " -oRekeyLimit=4M " + HOST;
      return laptop.program("sh", "-c", line.formatted(ssh)).run().ok().stdout().strip();
    }
  }
}
