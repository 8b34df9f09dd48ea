package dev.gatehouse.console.commands.mfa;

import static dev.gatehouse.console.ConsoleFixture.ALICE;
import static dev.gatehouse.console.ConsoleFixture.NOW;
import static dev.gatehouse.console.ConsoleFixture.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.console.ConsoleFixture;
import dev.gatehouse.directory.Person;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code gate mfa …}. That a phone confirms is in SecondFactorIT: here nobody can answer. */
final class MfaCommandsTest {
  @TempDir private Path folder;
  private final ConsoleFixture fixture = new ConsoleFixture();

  @BeforeEach
  void keep() {
    fixture.secondFactors = ConsoleFixture.secondFactorsIn(folder);
  }

  /** Answers the recovery codes. */
  private List<String> enrol(Person person) {
    var secret = fixture.secondFactors.newSecret();
    return fixture.secondFactors.enrol(person.username(), secret, secret.codeAt(NOW));
  }

  private boolean isEnrolled(Person person) {
    return fixture.secondFactors.status(person.username()).isPresent();
  }

  @Test
  void status_withoutOne_saysNo() {
    assertThat(fixture.gate(ALICE, "mfa status").out())
        .isEqualTo(
            "user\talice\nsecond factor\tno\nsince\t-\nrecovery codes\t0\nlocked until\t-\n");
  }

  @Test
  void status_ofAnother_isForAdministrators() {
    enrol(ALICE);
    assertThat(fixture.gate(ROOT, "mfa status --user alice").out())
        .contains("user\talice\nsecond factor\tyes\nsince\t" + NOW + "\nrecovery codes\t10\n");
    assertThat(fixture.gate(ALICE, "mfa status --user root").exit()).isEqualTo(77);
  }

  @Test
  void enrol_wrongCode_changesNothing() {
    var outcome = fixture.gate(ALICE, "mfa enrol", "no code\n");
    assertThat(outcome.exit()).isEqualTo(65);
    assertThat(outcome.out()).contains("uri\totpauth://totp/example.com:alice?secret=");
    assertThat(outcome.err()).contains("the code is wrong, so nothing was changed");
    assertThat(isEnrolled(ALICE)).isFalse();
  }

  /** Whoever sits at an open session must not be able to put their own phone in its place. */
  @Test
  void enrol_anotherPhone_isRefusedWithoutShowingASecret() {
    enrol(ALICE);
    var outcome = fixture.gate(ALICE, "mfa enrol", "123456\n");
    assertThat(outcome.exit()).isEqualTo(65);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).contains("'gate mfa disable' takes it away");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mfa disable", "mfa codes"})
  void change_withoutACode_isRefused(String line) {
    enrol(ALICE);
    var outcome = fixture.gate(ALICE, line, "no code\n");
    assertThat(outcome.exit()).isEqualTo(77);
    assertThat(outcome.out()).isEmpty();
    assertThat(fixture.secondFactors.status(ALICE.username()).orElseThrow().recoveryCodes())
        .isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mfa disable", "mfa codes"})
  void change_withoutASecondFactor_saysSo(String line) {
    var outcome = fixture.gate(ALICE, line, "123456\n");
    assertThat(outcome.exit()).isEqualTo(65);
    assertThat(outcome.err()).contains("you have no second factor; 'gate mfa enrol' sets one up");
  }

  @Test
  void disable_withARecoveryCode_takesItAway() {
    var codes = enrol(ALICE);
    assertThat(fixture.gate(ALICE, "mfa disable", codes.getFirst() + "\n").out())
        .isEqualTo("Your second factor is taken away.\n");
    assertThat(isEnrolled(ALICE)).isFalse();
  }

  @Test
  void codes_withARecoveryCode_replacesAll() {
    var codes = enrol(ALICE);
    var shown = fixture.gate(ALICE, "mfa codes", codes.getFirst() + "\n").out().lines().toList();
    assertThat(shown).hasSize(10).doesNotContainAnyElementsOf(codes);
    assertThat(fixture.gate(ALICE, "mfa disable", codes.get(1)).exit()).isEqualTo(77);
    assertThat(fixture.gate(ALICE, "mfa disable", shown.get(1)).exit()).isZero();
  }

  @Test
  void reset_ofAnother_takesItAway() {
    enrol(ALICE);
    assertThat(fixture.gate(ROOT, "mfa reset alice").out())
        .isEqualTo("alice has no second factor now.\n");
    assertThat(isEnrolled(ALICE)).isFalse();
    assertThat(fixture.gate(ROOT, "mfa reset alice").exit()).isEqualTo(65);
  }

  /** It would spare an intruder the code. */
  @Test
  void reset_ofOneself_isRefused() {
    enrol(ROOT);
    assertThat(fixture.gate(ROOT, "mfa reset root").exit()).isEqualTo(77);
    assertThat(isEnrolled(ROOT)).isTrue();
  }

  /** Who is later called the same must not be asked for the codes of a stranger's phone. */
  @Test
  void userRemove_enrolled_takesTheSecondFactorToo() {
    enrol(ALICE);
    assertThat(fixture.gate(ROOT, "user remove alice --yes").exit()).isZero();
    assertThat(isEnrolled(ALICE)).isFalse();
  }
}
