package dev.gatehouse.directory.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.LDAPException;
import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stranger types wrong passwords for the administrator until the deployed policy takes no more of
 * them. The administrator still gets in by key, and nobody by the password, though it is right.
 */
final class LockedOutIT {
  private static final String METHODS = "login: {methods: [publickey, keyboard-interactive]}\n";
  private static final int MAX_FAILURES = 10;

  @TempDir Path folder;

  @Test
  void login_afterManyWrongPasswordsByStrangers_opensByKeyOnly() throws IOException, LDAPException {
    var home = SlapdHome.in(folder);
    try (var slapd = home.start();
        var gateway = new DirectoryGateway(home, METHODS);
        var laptop = new Laptop(gateway);
        var _ = laptop.keep(gateway)) {
      var password = home.administratorPassword();
      assertThat(byPassword(laptop, password).run().ok().stdout()).contains("ada");
      for (var i = 0; i < MAX_FAILURES; i++) {
        assertThat(canBind(slapd, "wrong " + i)).isFalse();
      }
      assertThat(canBind(slapd, password)).isFalse();
      var refused = byPassword(laptop, password).run();
      assertThat(refused.exit()).isEqualTo(255);
      assertThat(refused.stderr()).contains("Permission denied");
      assertThat(laptop.ssh("gate whoami").ok().stdout()).contains("ada");
    }
  }

  private static boolean canBind(DeployedSlapd slapd, String password) {
    try (var _ = slapd.connectAs(Entries.person(SlapdHome.ADMINISTRATOR), password)) {
      return true;
    } catch (LDAPException e) {
      return false;
    }
  }

  private Program byPassword(Laptop laptop, String password) throws IOException {
    var askpass = folder.resolve("askpass");
    Folders.write(askpass, "#!/bin/sh\necho '" + password + "'\n");
    Files.setPosixFilePermissions(askpass, PosixFilePermissions.fromString("rwx------"));
    return laptop
        .openssh("-oBatchMode=no", "-oPreferredAuthentications=keyboard-interactive")
        .and("-oNumberOfPasswordPrompts=1")
        .and(Laptop.HOST, "gate whoami")
        .with("SSH_ASKPASS", askpass.toString())
        .with("SSH_ASKPASS_REQUIRE", "force");
  }
}
