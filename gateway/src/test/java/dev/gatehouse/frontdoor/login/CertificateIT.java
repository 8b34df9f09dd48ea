package dev.gatehouse.frontdoor.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.People;
import dev.gatehouse.testkit.StagedGateway;
import dev.gatehouse.testkit.TargetFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** User certificates made by the real ssh-keygen and shown by the real ssh. */
class CertificateIT {
  private static final Path FOLDER = Folders.temporary();
  private static final Path CA = CertificateLogin.makeCa(FOLDER, "ed25519");
  private static final Path RSA_CA = CertificateLogin.makeCa(FOLDER, "rsa");
  private static final Path STRANGER = CertificateLogin.makeCa(FOLDER, "ecdsa");
  private static StagedGateway gateway;

  @RegisterExtension
  static final TargetFixture TARGET =
      TargetFixture.of(
          () -> {
            gateway =
                StagedGateway.start(
                    """
                    gateway: {port: 0}
                    login:
                      certificateAuthorities:
                        - %s
                        - %s
                    """
                        .formatted(
                            CertificateLogin.publicKey(CA), CertificateLogin.publicKey(RSA_CA)),
                    People.of("alice", "bob").addDisabled("eve"));
            return gateway;
          });

  private static CertificateLogin login(Laptop laptop, String... options) {
    return new CertificateLogin(laptop, gateway, CA).signed(options);
  }

  @Test
  void certificate_namesThePerson_opensAndIsInTheLog(Laptop laptop) {
    try (var log = gateway.logged()) {
      assertThat(login(laptop, "-n", "alice", "-z", "42", "-V", "+1h").opens("alice")).isTrue();
      assertThat(log.all())
          .anyMatch(
              line ->
                  line.startsWith("[login] alice from /127.0.0.1:")
                      && line.contains("certificate 'the id' serial 42 of CA ssh-ed25519 SHA256:"));
    }
  }

  @Test
  void certificate_ofAnRsaCa_opens(Laptop laptop) {
    assertThat(
            new CertificateLogin(laptop, gateway, RSA_CA)
                .signed("-t", "rsa-sha2-512", "-n", "alice")
                .opens("alice"))
        .isTrue();
  }

  @Test
  void certificate_signedWithSha1_isRefused(Laptop laptop) {
    assertThat(
            new CertificateLogin(laptop, gateway, RSA_CA)
                .signed("-t", "ssh-rsa", "-n", "alice")
                .opens("alice"))
        .isFalse();
  }

  @Test
  void certificate_ofAnotherPerson_isRefused(Laptop laptop) {
    var bobs = login(laptop, "-n", "bob,alicex,ALICE");
    assertThat(bobs.opens("alice")).isFalse();
    assertThat(bobs.opens("bob")).isTrue();
  }

  /** To OpenSSH's own tools it is valid for everybody; sshd and this gateway do not take it. */
  @Test
  void certificate_withoutPrincipals_isRefused(Laptop laptop) {
    assertThat(login(laptop).opens("alice")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-2h:-1h", "+1h:+2h"})
  void certificate_notValidNow_isRefused(String validity, Laptop laptop) {
    assertThat(login(laptop, "-n", "alice", "-V", validity).opens("alice")).isFalse();
  }

  @Test
  void certificate_ofAHost_isRefused(Laptop laptop) {
    assertThat(login(laptop, "-h", "-n", "alice").opens("alice")).isFalse();
  }

  @Test
  void certificate_ofAnUnknownCa_isRefused(Laptop laptop) {
    assertThat(new CertificateLogin(laptop, gateway, STRANGER).signed("-n", "alice").opens("alice"))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"eve", "nobody"})
  void certificate_ofSomebodyDisabledOrUnknown_isRefused(String name, Laptop laptop) {
    assertThat(login(laptop, "-n", name).opens(name)).isFalse();
  }

  @Test
  void certificate_withACriticalOptionOfTheFuture_isRefused(Laptop laptop) {
    assertThat(login(laptop, "-n", "alice", "-O", "critical:hat@example.com=red").opens("alice"))
        .isFalse();
  }

  @Test
  void certificate_withAnExtensionOfTheFuture_opens(Laptop laptop) {
    assertThat(login(laptop, "-n", "alice", "-O", "extension:hat@example.com=red").opens("alice"))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.0/8", "10.0.0.0/8,127.0.0.1"})
  void certificate_usedFromItsSourceAddress_opens(String source, Laptop laptop) {
    assertThat(login(laptop, "-n", "alice", "-O", "source-address=" + source).opens("alice"))
        .isTrue();
  }

  @Test
  void certificate_usedFromElsewhere_isRefusedAndTheLogSaysWhy(Laptop laptop) {
    try (var log = gateway.logged()) {
      assertThat(login(laptop, "-n", "alice", "-O", "source-address=10.0.0.0/8").opens("alice"))
          .isFalse();
      assertThat(log.all())
          .anyMatch(
              line -> line.startsWith("[key-refused] alice") && line.contains("source-address"));
    }
  }

  @Test
  void certificate_withForceCommand_runsThatAndNothingElse(Laptop laptop) {
    var forced =
        login(laptop, "-n", "alice", "-O", "force-command=echo forced: $SSH_ORIGINAL_COMMAND");
    assertThat(forced.ssh("alice", gateway.host(), "gate whoami").run().ok().stdout())
        .startsWith("forced:");
    assertThat(forced.ssh("alice", gateway.host()).run().ok().stdout()).isEqualTo("forced:\n");
    assertThat(forced.ssh("alice", "-s", gateway.host(), "sftp").run().stdout())
        .startsWith("forced:");
  }

  @Test
  void certificate_withoutPermits_forwardsNothing(Laptop laptop) {
    var clear = login(laptop, "-n", "alice", "-O", "clear");
    assertThat(clear.ssh("alice", gateway.host(), "echo runs").run().ok().stdout())
        .isEqualTo("runs\n");
    assertThat(clear.ssh("alice", "-R", "0:localhost:1", gateway.host(), "true").run().stderr())
        .contains("remote port forwarding failed");
    assertThat(clear.ssh("alice", "-W", "127.0.0.1:1", gateway.host()).run().stderr())
        .contains("administratively prohibited");
    assertThat(clear.ssh("alice", "-tt", gateway.host(), "tty").run().stderr())
        .contains("PTY allocation request failed");
  }

  @Test
  void certificate_withPortForwardingPermit_forwards(Laptop laptop) {
    var some = login(laptop, "-n", "alice", "-O", "clear", "-O", "permit-port-forwarding");
    some.ssh("alice", "-R", "0:localhost:1", gateway.host(), "true").run().ok();
  }
}
