package dev.gatehouse.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Listener;
import dev.gatehouse.testkit.People;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Result;
import dev.gatehouse.testkit.SecurityKey;
import dev.gatehouse.testkit.StagedGateway;
import dev.gatehouse.testkit.TargetFixture;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each kind of key that a person may have in the directory, with the real ssh. */
class KeyTypesIT {
  private static StagedGateway gateway;

  @RegisterExtension
  static final TargetFixture TARGET =
      TargetFixture.of(
          () -> {
            gateway = StagedGateway.start("gateway: {port: 0}", People.of("alice"));
            return gateway;
          });

  @ParameterizedTest
  @CsvSource({
    "ed25519, 256, ssh-ed25519",
    "ecdsa, 256, ecdsa-sha2-nistp256",
    "ecdsa, 384, ecdsa-sha2-nistp384",
    "ecdsa, 521, ecdsa-sha2-nistp521",
    "rsa, 2048, rsa-sha2-256",
    "rsa, 3072, rsa-sha2-512"
  })
  void key_isInTheDirectory_opens(String type, String bits, String algorithm, Laptop laptop) {
    var file = laptop.home().resolve("key");
    laptop
        .program("ssh-keygen", "-q", "-t", type, "-b", bits, "-N", "", "-f", file.toString())
        .run()
        .ok();
    var key = SshPublicKey.parse(Folders.read(laptop.home().resolve("key.pub")));
    gateway.people().add("bob", key);
    var ssh = ssh(laptop, "-i", file.toString(), "-oPubkeyAcceptedAlgorithms=" + algorithm);
    assertThat(run(ssh).ok().stdout()).contains("user\tbob\n");
  }

  @Test
  void rsaKey_signsWithSha1_isRefused(Laptop laptop) {
    var file = laptop.home().resolve("key");
    laptop
        .program("ssh-keygen", "-q", "-t", "rsa", "-b", "2048", "-N", "", "-f", file.toString())
        .run()
        .ok();
    gateway.people().add("bob", SshPublicKey.parse(Folders.read(laptop.home().resolve("key.pub"))));
    var result = run(ssh(laptop, "-i", file.toString(), "-oPubkeyAcceptedAlgorithms=ssh-rsa"));
    assertThat(result.stderr()).contains("Permission denied (publickey)");
  }

  @Test
  void securityKey_ed25519_opens(Laptop laptop) throws GeneralSecurityException {
    assertThat(touch(laptop, SecurityKey.ed25519(), true).ok().stdout()).contains("user\tbob\n");
  }

  @Test
  void securityKey_ecdsa_opens(Laptop laptop) throws GeneralSecurityException {
    assertThat(touch(laptop, SecurityKey.ecdsa(), true).ok().stdout()).contains("user\tbob\n");
  }

  @Test
  void securityKey_nobodyTouchedIt_isRefused(Laptop laptop) throws GeneralSecurityException {
    assertThat(touch(laptop, SecurityKey.ed25519(), false).stderr())
        .contains("Permission denied (publickey)");
  }

  private static Result touch(Laptop laptop, SecurityKey key, boolean touched) {
    gateway.people().add("bob", key.publicKey());
    var socket = laptop.home().resolve("agent");
    var authenticator = touched ? key : key.untouched();
    try (var _ = Listener.unix(socket, authenticator::serve)) {
      return run(ssh(laptop, "-oIdentitiesOnly=no", "-oIdentityAgent=" + socket));
    }
  }

  private static Program ssh(Laptop laptop, String... options) {
    return laptop
        .program("ssh", "-F", "none", "-p", "" + gateway.port(), "-l", "bob")
        .and("-oBatchMode=yes", "-oUserKnownHostsFile=" + gateway.knownHosts())
        .and(options);
  }

  private static Result run(Program ssh) {
    return ssh.and(gateway.host(), "gate whoami").run();
  }
}
