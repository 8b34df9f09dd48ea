package dev.gatehouse.clients;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Keys;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.PlainSshd;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** A workspace's sshd: only a certificate of the gateway's authority opens it. */
class TrustingSshdIT {
  private static final String PRINCIPAL = "10001";

  @Test
  void certificate_forThePrincipal_opens() {
    withSshd((ca, laptop) -> assertThat(login(ca, laptop, PRINCIPAL)).isEqualTo(7));
  }

  @Test
  void certificate_forSomebodyElse_doesNotOpen() {
    withSshd((ca, laptop) -> assertThat(login(ca, laptop, "10002")).isEqualTo(255));
  }

  @Test
  void key_withoutCertificate_doesNotOpen() {
    withSshd((ca, laptop) -> assertThat(laptop.ssh("exit 7").exit()).isEqualTo(255));
  }

  private static void withSshd(BiConsumer<Path, Laptop> test) {
    var folder = Folders.temporary();
    var authority = Keys.generate(folder, "ca");
    var publicKey = SshPublicKey.parse(Folders.read(folder.resolve("ca.pub")));
    try (var sshd = PlainSshd.trusting(publicKey, PRINCIPAL);
        var laptop = new Laptop(sshd)) {
      test.accept(authority, laptop);
    } finally {
      Folders.delete(folder);
    }
  }

  private static int login(Path authority, Laptop laptop, String principal) {
    var publicKey = Path.of(laptop.target().identity() + ".pub");
    var certificate = Keys.certify(authority, publicKey, principal);
    return laptop.openssh("-oCertificateFile=" + certificate, HOST, "exit 7").run().exit();
  }
}
