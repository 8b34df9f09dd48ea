package dev.gatehouse.directory;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.cluster.LdapSettings;
import dev.gatehouse.directory.deployed.DeployedSlapd;
import dev.gatehouse.directory.deployed.SlapdHome;
import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor before a real slapd, with each fault planted. */
final class LdapCheckIT {
  private static DeployedSlapd slapd;
  @TempDir private static Path folder;

  @BeforeAll
  static void start() {
    slapd = SlapdHome.in(folder).start();
  }

  @AfterAll
  static void stop() {
    if (slapd != null) {
      slapd.close();
    }
  }

  private static String findings(LdapSettings settings, Instant now) {
    return new LdapCheck(settings, InstantSource.fixed(now))
        .findings().stream()
            .map(f -> "%s: %s".formatted(f.state().word(), f.what()))
            .collect(joining("\n"));
  }

  private static String findings(String was, String is) {
    var text = slapd.home().definition();
    assertThat(text).contains(was);
    var file = Folders.write(folder.resolve("changed.yaml"), text.replace(was, is));
    return findings(
        ClusterDefinitionFile.load(file).directory().ldap().orElseThrow(), Instant.now());
  }

  @Test
  void examine_serverThatIsWell_saysWhatItShows() {
    assertThat(findings(slapd.home().settings(), Instant.now()))
        .contains("ok: %s answers and lets the gateway bind".formatted(slapd.home().url()))
        .containsPattern("ok: .* shows [1-9]\\d* people and [1-9]\\d* groups")
        .containsPattern("the certificate of %s ends in \\d+ days".formatted(slapd.home().url()))
        .containsPattern("the CA of the directory ends in \\d+ days")
        .doesNotContain("problem: ldaps");
  }

  @Test
  void examine_certificateThatHasEnded_isAProblem() {
    var later = Instant.now().plus(Duration.ofDays(40_000));
    assertThat(findings(slapd.home().settings(), later))
        .containsPattern("problem: the certificate of .* ended \\d+ days ago");
  }

  @Test
  void examine_serverThatIsNotThere_isAProblem() {
    assertThat(findings(slapd.home().url(), "ldaps://127.0.0.1:" + Ports.free()))
        .contains("refuses the connection: nothing listens there");
  }

  @Test
  void examine_wrongPassword_isAProblem() {
    var wrong = Folders.write(folder.resolve("wrong"), "not-it");
    assertThat(
            findings(
                slapd
                    .home()
                    .definition()
                    .lines()
                    .filter(l -> l.contains("bindPasswordFile"))
                    .findFirst()
                    .orElseThrow(),
                "    bindPasswordFile: " + wrong))
        .startsWith("problem: " + slapd.home().url() + " does not let the gateway bind");
  }

  @Test
  void examine_certificateOfAnotherAuthority_isAProblem() {
    var other = TestCa.make(folder, "other");
    assertThat(
            findings(
                "ca: " + slapd.home().definition().replaceAll("(?s).* ca: (\\S+).*", "$1"),
                "ca: " + other.certificate()))
        .startsWith(
            "problem: %s shows a certificate that nobody trusted".formatted(slapd.home().url()));
  }

  @Test
  void examine_filterThatNobodyFulfils_isAProblem() {
    assertThat(
            findings(
                "    base: " + SlapdHome.BASE,
                "    base: %s\n    people: {filter: '(uid=nobody-is-this)'}"
                    .formatted(SlapdHome.BASE)))
        .contains("shows the gateway nobody below");
  }
}
