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
    try (var gateway = LocalTarget.start(DEFINITION);
        var laptop = new Laptop(gateway)) {
      var ssh = laptop.sshCommand() + " -oRekeyLimit=4M " + HOST;
      var line = "%s 'head -c %s /dev/zero' | wc -c".formatted(ssh, BYTES);
      var result = laptop.program("sh", "-c", line).run().ok();
      assertThat(result.stdout().strip()).isEqualTo(BYTES);
    }
  }

  @Test
  void upload_withNewKeysEveryFewMegabytes_arrivesWhole() {
    try (var gateway = LocalTarget.start(DEFINITION);
        var laptop = new Laptop(gateway)) {
      var ssh = laptop.sshCommand() + " -oRekeyLimit=4M " + HOST;
      var line = "head -c %s /dev/zero | %s wc -c".formatted(BYTES, ssh);
      var result = laptop.program("sh", "-c", line).run().ok();
      assertThat(result.stdout().strip()).isEqualTo(BYTES);
    }
  }
}
