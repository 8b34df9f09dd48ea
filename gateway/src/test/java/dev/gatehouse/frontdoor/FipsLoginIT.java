package dev.gatehouse.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.People;
import dev.gatehouse.testkit.Result;
import dev.gatehouse.testkit.StagedGateway;
import dev.gatehouse.testkit.TargetFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients of a site that wants FIPS 140-3, with what such a client may use. */
class FipsLoginIT {
  private static StagedGateway gateway;

  @RegisterExtension
  static final TargetFixture TARGET =
      TargetFixture.of(
          () -> {
            gateway =
                StagedGateway.start("gateway: {port: 0, algorithms: fips}", People.of("alice"));
            return gateway;
          });

  @ParameterizedTest
  @CsvSource({
    "ecdh-sha2-nistp256, aes128-ctr, rsa-sha2-512, hmac-sha2-256-etm@openssh.com",
    "ecdh-sha2-nistp384, aes256-ctr, rsa-sha2-256, hmac-sha2-512-etm@openssh.com",
    "ecdh-sha2-nistp521, aes256-gcm@openssh.com, ecdsa-sha2-nistp384, hmac-sha2-512",
    "ecdh-sha2-nistp256, aes128-gcm@openssh.com, ecdsa-sha2-nistp384, hmac-sha2-512"
  })
  void client_isRestricted_logsIn(
      String keyExchange, String cipher, String hostKey, String mac, Laptop laptop) {
    var result =
        login(
            laptop,
            "ecdsa",
            "-oKexAlgorithms=" + keyExchange,
            "-oCiphers=" + cipher,
            "-oHostKeyAlgorithms=" + hostKey,
            "-oMACs=" + mac);
    assertThat(result.ok().stdout()).contains("user\tbob\n");
  }

  @Test
  void person_hasAnRsaKey_logsIn(Laptop laptop) {
    assertThat(login(laptop, "rsa").ok().stdout()).contains("user\tbob\n");
  }

  private static Result login(Laptop laptop, String type, String... options) {
    var file = laptop.home().resolve("key").toString();
    laptop.program("ssh-keygen", "-q", "-t", type, "-N", "", "-f", file).run().ok();
    var key = SshPublicKey.parse(Folders.read(laptop.home().resolve("key.pub")));
    gateway.people().add("bob", key);
    return laptop
        .program("ssh", "-F", "none", "-i", file, "-l", "bob", "-p", "" + gateway.port())
        .and("-oBatchMode=yes", "-oUserKnownHostsFile=/dev/null", "-oStrictHostKeyChecking=no")
        .and(options)
        .and(gateway.host(), "gate whoami")
        .run();
  }
}
