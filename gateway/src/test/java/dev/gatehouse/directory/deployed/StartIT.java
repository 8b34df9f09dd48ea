package dev.gatehouse.directory.deployed;

import static com.unboundid.ldap.sdk.ModificationType.REPLACE;
import static dev.gatehouse.directory.deployed.Entries.addPerson;
import static dev.gatehouse.directory.deployed.Entries.change;
import static dev.gatehouse.directory.deployed.Entries.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchScope;
import dev.gatehouse.testkit.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts of a server, the first and later ones, and how it ends. */
final class StartIT {
  private static final String ADA = person(SlapdHome.ADMINISTRATOR);

  @TempDir Path folder;

  @Test
  void start_first_makesTheAdministratorAndTheGroups() throws LDAPException {
    try (var slapd = SlapdHome.in(folder).start();
        var gateway = slapd.connectAsService("gateway");
        var _ = slapd.connectAs(ADA, slapd.home().administratorPassword())) {
      assertThat(Entries.values(gateway, ADA, "memberOf"))
          .containsExactlyInAnyOrder(Entries.ADMINISTRATORS, Entries.group("everyone"));
      assertThat(Entries.values(gateway, ADA, "sshPublicKey"))
          .containsExactly(Folders.read(Path.of(slapd.home().administratorKey() + ".pub")).strip());
    }
  }

  @Test
  void start_again_keepsPeopleAndTakesNewPasswordsOfServices() throws LDAPException {
    var home = SlapdHome.in(folder);
    try (var slapd = home.start();
        var gateway = slapd.connectAsService("gateway")) {
      addPerson(gateway, "bob", 20001);
      change(gateway, ADA, REPLACE, "displayName", "Ada L.");
      assertThat(slapd.stop()).isZero();
    }
    Folders.write(home.passwordFile("gateway"), "a new password\n");
    try (var slapd = home.start();
        var gateway = slapd.connectAs("cn=gateway,cn=services", "a new password")) {
      assertThat(Entries.values(gateway, person("bob"), "uid")).containsExactly("bob");
      assertThat(Entries.values(gateway, ADA, "displayName")).containsExactly("Ada L.");
    }
  }

  /** What it was told stays told, though nobody said goodbye. */
  @Test
  void kill_afterAChange_losesNothing() throws LDAPException {
    var home = SlapdHome.in(folder);
    try (var slapd = home.start();
        var gateway = slapd.connectAsService("gateway")) {
      addPerson(gateway, "bob", 20001);
      slapd.kill();
    }
    try (var slapd = home.start();
        var gateway = slapd.connectAsService("gateway")) {
      assertThat(Entries.values(gateway, person("bob"), "uid")).containsExactly("bob");
    }
  }

  /** A first start that was cut off has left half a database; nobody must take it for a whole. */
  @Test
  void start_afterOneThatWasCutOff_beginsAnew() throws Exception {
    var home = SlapdHome.in(folder);
    var half = Files.createDirectories(folder.resolve("data/new"));
    Files.writeString(half.resolve("data.mdb"), "half");
    try (var slapd = home.start();
        var gateway = slapd.connectAsService("gateway")) {
      assertThat(Entries.values(gateway, ADA, "uid")).containsExactly(SlapdHome.ADMINISTRATOR);
      assertThat(half).doesNotExist();
    }
  }

  @Test
  void start_whileAnotherRuns_isRefused() {
    var home = SlapdHome.in(folder);
    try (var _ = home.start()) {
      var second = home.script("start").run();
      assertThat(second.exit()).isEqualTo(1);
      assertThat(second.stderr()).contains("another process has the people");
    }
  }

  @Test
  void start_withoutAnAdministrator_saysWhatIsMissing() {
    var home = SlapdHome.in(folder);
    Folders.delete(folder.resolve("secrets/administrator"));
    assertThat(home.script("start").run().stderr()).contains("administrator/uid");
    assertThatThrownBy(home::start).isInstanceOf(AssertionError.class);
  }

  /** Until slapindex has run, what was there before is not found by a new index. */
  @Test
  void start_withANewIndex_findsThoseWhoWereThere() throws Exception {
    var home = SlapdHome.in(folder);
    try (var slapd = home.start();
        var gateway = slapd.connectAsService("gateway")) {
      addPerson(gateway, "bob", 20001, "description: likes trains");
    }
    var config = Files.createDirectory(folder.resolve("config"));
    try (var files = Files.list(SlapdHome.deployed("config"))) {
      for (var file : files.toList()) {
        var text = Folders.read(file).replace("olcDbIndex: mail eq", "olcDbIndex: description eq");
        Folders.write(config.resolve(file.getFileName()), text);
      }
    }
    var start = home.script("start").with("CONFIG", config.toString());
    try (var slapd = new DeployedSlapd(home, start.start());
        var gateway = slapd.connectAsService("gateway")) {
      assertThat(
              gateway
                  .search(SlapdHome.BASE, SearchScope.SUB, "(description=likes trains)", "1.1")
                  .getSearchEntries())
          .extracting("DN")
          .containsExactly(person("bob"));
    }
  }

  @Test
  void answers_askedByAProbe_tells() {
    var home = SlapdHome.in(folder);
    assertThat(home.script("answers").run().exit()).isNotZero();
    try (var _ = home.start()) {
      home.script("answers").run().ok();
      home.script("answers").and("people").run().ok();
    }
  }
}
