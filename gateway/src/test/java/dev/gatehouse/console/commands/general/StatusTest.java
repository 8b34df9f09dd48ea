package dev.gatehouse.console.commands.general;

import static dev.gatehouse.console.ConsoleFixture.ALICE;
import static dev.gatehouse.console.ConsoleFixture.NOW;
import static dev.gatehouse.console.ConsoleFixture.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.console.ConsoleFixture;
import dev.gatehouse.directory.DirectoryHealth;
import dev.gatehouse.directory.DirectoryHealth.Reach;
import java.time.Duration;
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
}
