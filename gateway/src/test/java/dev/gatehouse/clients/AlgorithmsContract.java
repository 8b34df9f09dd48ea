package dev.gatehouse.clients;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Laptop;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each algorithm that a client may insist on: the two sides of a relay may well differ in them. */
abstract class AlgorithmsContract {
  @ParameterizedTest
  @CsvSource({
    "sntrup761x25519-sha512@openssh.com, chacha20-poly1305@openssh.com, hmac-sha2-512",
    "curve25519-sha256, aes128-gcm@openssh.com, hmac-sha2-512",
    "curve25519-sha256@libssh.org, aes256-gcm@openssh.com, hmac-sha2-512",
    "curve25519-sha256, aes128-ctr, hmac-sha2-256-etm@openssh.com",
    "curve25519-sha256, aes256-ctr, hmac-sha2-512-etm@openssh.com",
  })
  void client_insistsOnAlgorithms_bytesComeBackUnchanged(
      String keyExchange, String cipher, String mac, Laptop laptop) {
    var bytes = OpenSshExecContract.allByteValues(5_000_000);
    var ssh =
        laptop.openssh("-oKexAlgorithms=" + keyExchange, "-c", cipher, "-m", mac, HOST, "cat");
    assertThat(ssh.run(bytes).ok().bytes()).isEqualTo(bytes);
  }
}
