package dev.gatehouse.frontdoor.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.People;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.StagedGateway;
import dev.gatehouse.testkit.TargetFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys and certificates on a revocation list, as ssh-keygen -k writes it, or a plain one. */
@Execution(ExecutionMode.SAME_THREAD)
class RevocationIT {
  private static final Path FOLDER = Folders.temporary();
  private static final Path CA = CertificateLogin.makeCa(FOLDER, "ed25519");
  private static final Path REVOKED = FOLDER.resolve("revoked_keys");
  private static StagedGateway gateway;

  @RegisterExtension
  static final TargetFixture TARGET =
      TargetFixture.of(
          () -> {
            Folders.write(REVOKED, "# nothing yet\n");
            gateway =
                StagedGateway.start(
                    """
                    gateway: {port: 0}
                    login:
                      recheckInterval: 1s
                      revokedKeys: %s
                      certificateAuthorities: ['%s']
                    """
                        .formatted(REVOKED, CertificateLogin.publicKey(CA)),
                    People.of("alice", "bob"));
            return gateway;
          });

  @AfterEach
  void forget() {
    Folders.write(REVOKED, "# nothing\n");
    awaitRead();
  }

  /** What a KRL can say of a certificate (ssh-keygen(1), KEY REVOCATION LISTS). */
  @ParameterizedTest
  @CsvSource({
    "serial: 42, true",
    "serial: 41-43, true",
    "id: the id, true",
    "serial: 43, false",
    "id: another id, false"
  })
  void krl_ofTheCa_revokesWhatItNames(String specification, boolean revoked, Laptop laptop) {
    var login =
        new CertificateLogin(laptop, gateway, CA).signed("-n", "alice", "-z", "42", "-V", "+1h");
    assertThat(login.opens("alice")).isTrue();
    var list = laptop.home().resolve("specification");
    Folders.write(list, specification + "\n");
    krl(laptop, "-s", CA + ".pub", list.toString());
    if (revoked) {
      Poll.until("the list is read", () -> !login.opens("alice"));
    } else {
      awaitRead();
      assertThat(login.opens("alice")).isTrue();
    }
  }

  @Test
  void krl_ofManySerials_isABitmapAndRevokesThem(Laptop laptop) throws IOException {
    var list = laptop.home().resolve("specification");
    var lines = new StringBuilder();
    for (var serial = 100; serial < 400; serial += 3) {
      lines.append("serial: ").append(serial).append('\n');
    }
    Files.writeString(list, lines);
    var login = new CertificateLogin(laptop, gateway, CA).signed("-n", "alice", "-z", "103");
    assertThat(login.opens("alice")).isTrue();
    krl(laptop, "-s", CA + ".pub", list.toString());
    Poll.until("the list is read", () -> !login.opens("alice"));
  }

  @Test
  void krl_ofAKey_revokesItsCertificateToo(Laptop laptop) {
    var login = new CertificateLogin(laptop, gateway, CA).signed("-n", "alice");
    assertThat(login.opens("alice")).isTrue();
    krl(laptop, login.key() + ".pub");
    Poll.until("the list is read", () -> !login.opens("alice"));
  }

  @Test
  void plainList_ofAKey_revokesItAndEndsWhatIsOpen(Laptop laptop) {
    var open = laptop.start(laptop.openssh(Laptop.HOST, "echo ready; sleep 60"));
    open.awaitStdout("ready");
    Folders.write(REVOKED, "# lost laptop\n" + gateway.people().publicKey("alice") + "\n");
    var end = open.await();
    assertThat(end.exit()).isEqualTo(255);
    assertThat(end.stderr()).contains("is withdrawn (key-withdrawn)");
    assertThat(laptop.ssh("true").stderr()).contains("Permission denied (publickey)");
  }

  /** Who breaks the file must not open what it shut. */
  @Test
  void brokenList_keepsWhatWasRevoked(Laptop laptop) {
    Folders.write(REVOKED, gateway.people().publicKey("alice") + "\n");
    Poll.until("the list is read", () -> laptop.ssh("true").exit() == 255);
    Folders.write(REVOKED, "ssh-ed25519 broken\n");
    awaitRead();
    assertThat(laptop.ssh("true").exit()).isEqualTo(255);
  }

  private static void krl(Laptop laptop, String... arguments) {
    laptop.program("ssh-keygen", "-q", "-k", "-f", REVOKED.toString()).and(arguments).run().ok();
  }

  private static void awaitRead() {
    var before = gateway.rounds();
    Poll.until("two rounds have passed", () -> gateway.rounds() >= before + 2);
  }
}
