package dev.gatehouse.console.commands.general;

import static dev.gatehouse.console.ConsoleFixture.ALICE;
import static dev.gatehouse.console.ConsoleFixture.NOW;
import static dev.gatehouse.console.ConsoleFixture.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.InForceAfter.What;
import dev.gatehouse.cluster.Unapplied;
import dev.gatehouse.console.ConsoleFixture;
import dev.gatehouse.console.FakeInForce;
import dev.gatehouse.directory.DirectoryHealth;
import dev.gatehouse.directory.DirectoryHealth.Reach;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How it stands with the directory is an administrator's to know. */
final class StatusTest {
  private final ConsoleFixture fixture = new ConsoleFixture();

  private String directoryAfter(Reach reach, Duration age) {
    fixture.directoryHealth =
        Optional.of(
            new DirectoryHealth(reach, 1204, Optional.of(NOW.minus(age)), Duration.ofHours(4)));
    return line();
  }

  private String line() {
    return fixture
        .gate(ROOT, "status")
        .out()
        .lines()
        .filter(line -> line.startsWith("directory"))
        .findFirst()
        .orElse("");
  }

  @Test
  void status_directoryIsThere_saysHowManyAreKnown() {
    assertThat(directoryAfter(Reach.FOLLOWED, Duration.ZERO))
        .isEqualTo("directory\tonline, 1204 people known");
  }

  @Test
  void status_directoryIsAway_saysSinceWhenAndWhoGetsInUntilWhen() {
    assertThat(directoryAfter(Reach.AWAY, Duration.ofMinutes(3)))
        .isEqualTo(
            "directory\toffline for 3 min, copy of 2026-11-24 09:57 UTC, known people still get in"
                + " by key until 2026-11-24 13:57 UTC");
    assertThat(directoryAfter(Reach.AWAY, Duration.ofHours(5)))
        .isEqualTo(
            "directory\toffline for 5 h, copy of 2026-11-24 05:00 UTC, nobody gets in since"
                + " 2026-11-24 09:00 UTC");
  }

  @Test
  void status_directoryWasNeverThere_saysThatNobodyIsKnown() {
    fixture.directoryHealth =
        Optional.of(new DirectoryHealth(Reach.AWAY, 0, Optional.empty(), Duration.ofHours(4)));
    assertThat(line()).isEqualTo("directory\tnot reached yet, so nobody is known");
  }

  @Test
  void status_directoryCannotBeCopied_saysSo() {
    assertThat(directoryAfter(Reach.REFUSED, Duration.ofMinutes(3)))
        .isEqualTo("directory\tonline, but does not let itself be copied: each login asks it");
  }

  @Test
  void status_asOrdinaryUser_doesNotTellOfTheDirectory() {
    directoryAfter(Reach.AWAY, Duration.ofMinutes(3));
    assertThat(fixture.gate(ALICE, "status").out()).doesNotContain("directory");
  }

  @Test
  void status_definitionIsInForce_saysItsRevisionAlone() {
    assertThat(fixture.gate(ROOT, "status").out())
        .contains("definition\trevision 7\n")
        .doesNotContain("restart", "awaited", "not in force");
    assertThat(fixture.gate(ALICE, "status").out()).doesNotContain("definition");
  }

  @Test
  void status_keysAreNotInForce_namesThem() {
    fixture.inForce =
        new FakeInForce(
            7,
            List.of(
                new Unapplied("gateway.port", What.RESTART),
                new Unapplied("kubernetes.reach", What.RESTART),
                new Unapplied("directory.ldap", What.ANSWER)),
            Optional.empty());
    assertThat(fixture.gate(ROOT, "status").out())
        .contains("needs a restart\tgateway.port, kubernetes.reach\n")
        .contains("awaited\tdirectory.ldap: the new servers have not answered yet\n");
  }

  @Test
  void status_laterRevisionIsBroken_saysWhere() {
    fixture.inForce =
        new FakeInForce(
            7, List.of(), Optional.of("revision 8:3:5: unknown key\nrevision 8:4:1: x"));
    assertThat(fixture.gate(ROOT, "status").out())
        .contains("definition\trevision 7\n")
        .contains("not in force\ta later one, which has mistakes: revision 8:3:5: unknown key\n");
  }
}
