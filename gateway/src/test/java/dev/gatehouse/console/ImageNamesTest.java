package dev.gatehouse.console;

import static dev.gatehouse.console.ConsoleFixture.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.name.Username;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A person called daemon would share the name with an account of every image: files and processes
 * in a workspace would show the wrong one.
 */
final class ImageNamesTest {
  private final ConsoleFixture fixture = new ConsoleFixture();

  private boolean isThere(String name) {
    return fixture.people.person(new Username(name)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"daemon", "nobody", "bin", "www-data", "sshd", "_apt", "systemd-network", "adm"})
  void userAdd_nameOfAnImagesAccount_needsForce(String name) {
    var outcome = fixture.gate(ROOT, "user add " + name);
    assertThat(outcome.exit()).isEqualTo(64);
    assertThat(outcome.err())
        .isEqualTo(
            ("gate: %s is an account that images bring themselves, and a workspace would take one"
                    + " for the other; take another name, or add --force\n")
                .formatted(name));
    assertThat(isThere(name)).isFalse();
    assertThat(fixture.gate(ROOT, "user add " + name + " --force").exit()).isZero();
    assertThat(isThere(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rooter", "daemons", "gamesmaster"})
  void userAdd_nameThatOnlyLooksLikeOne_isTaken(String name) {
    assertThat(fixture.gate(ROOT, "user add " + name).exit()).isZero();
  }

  @Test
  void userImport_nameOfAnImagesAccount_isAMistakeOfTheFile() {
    var outcome = fixture.gate(ROOT, "user import", "user\ndaemon\n");
    assertThat(outcome.exit()).isEqualTo(65);
    assertThat(outcome.err() + outcome.out())
        .contains("daemon is an account that images bring themselves", "gate user add --force");
    assertThat(isThere("daemon")).isFalse();
  }

  /** Who is there already may be changed by a file. */
  @Test
  void userImport_personWhoIsThere_isChanged() {
    assertThat(fixture.gate(ROOT, "user import", "user,name\nroot,New Name\n").exit()).isZero();
  }

  /** An image's sudoers let in its own group sudo, and /etc/group is merged. */
  @ParameterizedTest
  @ValueSource(strings = {"root", "sudo", "wheel", "shadow", "docker"})
  void groupAdd_nameThatImagesGiveRightsTo_needsForce(String name) {
    var outcome = fixture.gate(ROOT, "group add %s bob".formatted(name));
    assertThat(outcome.exit()).isEqualTo(64);
    assertThat(outcome.err())
        .isEqualTo(
            ("gate: images give rights to a group %s of their own, and a workspace would take one"
                    + " for the other; take another name, or add --force\n")
                .formatted(name));
    assertThat(fixture.gate(ROOT, "group rename lab " + name).exit()).isEqualTo(64);
    assertThat(fixture.gate(ROOT, "group add %s bob --force".formatted(name)).exit()).isZero();
  }
}
