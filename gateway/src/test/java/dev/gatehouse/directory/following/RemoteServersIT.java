package dev.gatehouse.directory.following;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.LdapSettings;
import dev.gatehouse.cluster.LdapSettings.Bind;
import dev.gatehouse.cluster.LdapSettings.Server;
import dev.gatehouse.directory.ContractSeed;
import dev.gatehouse.directory.PasswordCheck;
import dev.gatehouse.directory.PersonLookup;
import dev.gatehouse.directory.TestCa;
import dev.gatehouse.directory.Until;
import dev.gatehouse.directory.embedded.Slapd;
import dev.gatehouse.name.Username;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of lookups and passwords when servers and files are not as they were. */
@Timeout(120)
final class RemoteServersIT {
  private static final Username ALICE = new Username("alice");
  private static final PersonLookup.Unknown UNKNOWN = new PersonLookup.Unknown();
  @TempDir Path folder;

  @BeforeEach
  void require() {
    Slapd.require();
  }

  private Slapd slapd(String name, Slapd.Setup setup) throws IOException {
    return Slapd.start(Files.createDirectory(folder.resolve(name)), ContractSeed.ldif(), setup);
  }

  private static RemoteDirectory open(LdapSettings settings) {
    return RemoteDirectory.open(settings, InstantSource.system());
  }

  private static boolean finds(RemoteDirectory remote) {
    return remote.direct().person(ALICE) instanceof PersonLookup.Found;
  }

  private static LdapSettings with(LdapSettings s, Optional<Path> ca, Bind bind) {
    return new LdapSettings(
        s.servers(),
        s.startTls(),
        ca,
        bind,
        s.timeout(),
        s.readOnly(),
        s.schema(),
        s.ids(),
        s.cache());
  }

  @Test
  void person_slapdDiesAndReturns_isUnavailableAndThenFound() throws IOException {
    try (var slapd = slapd("one", Slapd.Setup.PLAIN);
        var remote = open(slapd.settings())) {
      assertThat(finds(remote)).isTrue();
      slapd.kill();
      assertThat(remote.direct().person(ALICE)).isInstanceOf(PersonLookup.Unavailable.class);
      assertThat(remote.direct().password(ALICE, "correct horse"))
          .isInstanceOf(PasswordCheck.Unavailable.class);
      slapd.restart();
      assertThat(finds(remote)).isTrue();
      assertThat(remote.direct().password(ALICE, "correct horse"))
          .isEqualTo(new PasswordCheck.Right());
    }
  }

  @Test
  void person_slapdHangs_isUnavailableWithinTheTimeouts() throws IOException {
    try (var slapd = slapd("one", Slapd.Setup.PLAIN);
        var remote = open(slapd.settings())) {
      assertThat(finds(remote)).isTrue();
      slapd.suspend();
      var began = Instant.now();
      assertThat(remote.direct().person(ALICE)).isInstanceOf(PersonLookup.Unavailable.class);
      assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(15));
      slapd.resume();
      assertThat(finds(remote)).isTrue();
    }
  }

  /** The second server is another directory, so that one sees who answered. */
  @Test
  void person_firstServerDies_isAnsweredByTheSecondUntilTheFirstReturns() throws IOException {
    var only2 =
        ContractSeed.ldif().replace("uid=bob", "uid=second").replace("uid: bob", "uid: second");
    var second = new Username("second");
    try (var one = slapd("one", Slapd.Setup.PLAIN);
        var two = Slapd.start(Files.createDirectory(folder.resolve("two")), only2);
        var remote = open(bothCas(one, two))) {
      assertThat(remote.direct().person(second)).isEqualTo(UNKNOWN);
      one.kill();
      assertThat(remote.direct().person(second)).isInstanceOf(PersonLookup.Found.class);
      one.restart();
      Until.holds(() -> remote.direct().person(second).equals(UNKNOWN));
    }
  }

  @Test
  void person_firstServerHangs_isAnsweredByTheSecond() throws IOException {
    try (var one = slapd("one", Slapd.Setup.PLAIN);
        var two = slapd("two", Slapd.Setup.PLAIN);
        var remote = open(bothCas(one, two))) {
      one.suspend();
      assertThat(finds(remote)).isTrue();
      var began = Instant.now();
      assertThat(remote.direct().password(ALICE, "correct horse"))
          .isEqualTo(new PasswordCheck.Right());
      assertThat(Duration.between(began, Instant.now()))
          .as("the one that hangs is not asked first again")
          .isLessThan(one.settings().timeout());
      one.resume();
    }
  }

  @Test
  void change_onTheSecondServerAfterTheFirstDied_arrivesInTheCopy() throws Exception {
    try (var one = slapd("one", Slapd.Setup.SYNCING);
        var two = slapd("two", Slapd.Setup.SYNCING);
        var remote = open(bothCas(one, two));
        var ldap = two.connectAsAdministrator()) {
      Until.holds(() -> remote.copied().isPresent());
      one.kill();
      ldap.delete("uid=alice," + ContractSeed.PEOPLE);
      Until.holds(() -> remote.directory().person(ALICE).equals(UNKNOWN));
      one.restart();
      Until.holds(() -> remote.directory().person(ALICE) instanceof PersonLookup.Found);
    }
  }

  private LdapSettings bothCas(Slapd one, Slapd two) throws IOException {
    var both = folder.resolve("both.pem");
    Files.writeString(
        both, Files.readString(one.ca().certificate()) + Files.readString(two.ca().certificate()));
    var settings = one.settings(List.of(one.server(), two.server()));
    return with(settings, Optional.of(both), settings.bind());
  }

  @Test
  void person_certificateOfAnotherCa_isUnavailable() throws IOException {
    try (var slapd = slapd("one", Slapd.Setup.PLAIN);
        var remote =
            open(
                with(
                    slapd.settings(),
                    Optional.of(TestCa.make(folder, "other").certificate()),
                    slapd.settings().bind()))) {
      assertThat(remote.direct().person(ALICE))
          .isInstanceOfSatisfying(
              PersonLookup.Unavailable.class, u -> assertThat(u.why()).contains("certif"));
    }
  }

  @Test
  void person_certificateOfAnotherHost_isUnavailable() throws IOException {
    var setup = Slapd.Setup.PLAIN.withCertificateFor("DNS:ldap.example.com,IP:127.0.0.2");
    try (var slapd = slapd("one", setup);
        var remote = open(slapd.settings())) {
      assertThat(remote.direct().person(ALICE))
          .isInstanceOfSatisfying(
              PersonLookup.Unavailable.class,
              u -> assertThat(u.why()).contains("No subject alternative names matching IP"));
      try (var secure = open(overLdaps(slapd))) {
        assertThat(secure.direct().person(ALICE)).isInstanceOf(PersonLookup.Unavailable.class);
      }
    }
  }

  private static LdapSettings overLdaps(Slapd slapd) {
    var s = slapd.settings(List.of(slapd.secureServer()));
    return new LdapSettings(
        s.servers(), false, s.ca(), s.bind(), s.timeout(), false, s.schema(), s.ids(), s.cache());
  }

  @Test
  void person_ldaps_isFound() throws IOException {
    try (var slapd = slapd("one", Slapd.Setup.PLAIN);
        var remote = open(overLdaps(slapd))) {
      assertThat(finds(remote)).isTrue();
    }
  }

  @Test
  void person_clientCertificate_isFoundWithoutAPassword() throws IOException {
    var setup =
        Slapd.Setup.PLAIN.withGlobal(
            "TLSVerifyClient try\nauthz-regexp \"^cn=gatehouse$\" \"%s\""
                .formatted(Slapd.ADMINISTRATOR));
    try (var slapd = slapd("one", setup)) {
      var ours = slapd.ca().issue("gatehouse", "DNS:gatehouse");
      var bind = new Bind.External(ours.certificate(), ours.key());
      try (var remote = open(with(slapd.settings(), slapd.settings().ca(), bind))) {
        assertThat(remote.direct().person(ALICE)).isInstanceOf(PersonLookup.Found.class);
      }
      var theirs = TestCa.make(folder, "other").issue("gatehouse", "DNS:gatehouse");
      var forged = new Bind.External(theirs.certificate(), theirs.key());
      try (var remote = open(with(slapd.settings(), slapd.settings().ca(), forged))) {
        assertThat(remote.direct().person(ALICE)).isInstanceOf(PersonLookup.Unavailable.class);
      }
    }
  }

  @Test
  void person_passwordFileIsReplaced_isFoundWithTheNewOne() throws IOException {
    try (var slapd = slapd("one", Slapd.Setup.PLAIN);
        var remote = open(slapd.settings())) {
      Files.writeString(slapd.passwordFile(), "wrong");
      assertThat(remote.direct().person(ALICE)).isInstanceOf(PersonLookup.Unavailable.class);
      Files.writeString(slapd.passwordFile(), Slapd.PASSWORD);
      assertThat(finds(remote)).isTrue();
    }
  }

  @Test
  void person_noServerThere_isUnavailable() throws IOException {
    try (var slapd = slapd("one", Slapd.Setup.PLAIN);
        var remote = open(slapd.settings(List.of(new Server("127.0.0.1", 1, false))))) {
      assertThat(remote.direct().person(ALICE)).isInstanceOf(PersonLookup.Unavailable.class);
    }
  }
}
