package dev.gatehouse.mfa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.file.SharedFolder;
import dev.gatehouse.name.Username;
import dev.gatehouse.testkit.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One gateway's second factors, in a folder of its own. */
final class SecondFactorsTest {
  private static final Username ALICE = new Username("alice");
  private static final Username BOB = new Username("bob");
  private static final CodeCheck RIGHT = new CodeCheck.Right(false);
  private static final CodeCheck WRONG = new CodeCheck.Wrong();

  @TempDir private Path folder;
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-25T12:00:00Z"));

  private SecondFactors factors() {
    return new SecondFactors(List.of(SharedFolder.alone(folder)), now::get);
  }

  private void pass(Duration time) {
    now.updateAndGet(n -> n.plus(time));
  }

  /** The code that confirms is used up, so time passes. */
  private TotpSecret enrolled() {
    var secret = factors().newSecret();
    factors().enrol(ALICE, secret, secret.codeAt(now.get()));
    pass(Duration.ofMinutes(5));
    return secret;
  }

  private CodeCheck check(String code) {
    return factors().check(ALICE, code);
  }

  private static String another(String code) {
    return code.equals("000000") ? "000001" : "000000";
  }

  /** A code that is none of those around now. */
  private String wrong(TotpSecret secret) {
    var near =
        List.of(-60, -30, 0, 30, 60).stream().map(s -> secret.codeAt(now.get().plusSeconds(s)));
    var codes = near.toList();
    var code = "000000";
    while (codes.contains(code)) {
      code = "%06d".formatted(Integer.parseInt(code) + 1);
    }
    return code;
  }

  @Test
  void check_currentCode_isRight() {
    var secret = enrolled();
    assertThat(check(secret.codeAt(now.get()))).isEqualTo(RIGHT);
  }

  @Test
  void check_codeInGroups_isRight() {
    var code = enrolled().codeAt(now.get());
    assertThat(check(code.substring(0, 3) + " " + code.substring(3))).isEqualTo(RIGHT);
  }

  @ParameterizedTest
  @ValueSource(ints = {-30, 30})
  void check_neighbouringStep_isRight(int seconds) {
    var secret = enrolled();
    assertThat(check(secret.codeAt(now.get().plusSeconds(seconds)))).isEqualTo(RIGHT);
  }

  @ParameterizedTest
  @ValueSource(ints = {-60, 60})
  void check_stepFurtherAway_isWrong(int seconds) {
    var secret = enrolled();
    assertThat(check(secret.codeAt(now.get().plusSeconds(seconds)))).isEqualTo(WRONG);
  }

  @Test
  void check_codeAgain_isReplayed() {
    var code = enrolled().codeAt(now.get());
    assertThat(check(code)).isEqualTo(RIGHT);
    assertThat(check(code)).isEqualTo(new CodeCheck.Replayed());
  }

  @Test
  void check_codeBeforeTheLast_isReplayed() {
    var secret = enrolled();
    assertThat(check(secret.codeAt(now.get().plusSeconds(30)))).isEqualTo(RIGHT);
    assertThat(check(secret.codeAt(now.get()))).isEqualTo(new CodeCheck.Replayed());
  }

  @Test
  void check_codeThatConfirmed_isReplayed() {
    var secret = factors().newSecret();
    var code = secret.codeAt(now.get());
    factors().enrol(ALICE, secret, code);
    assertThat(check(code)).isEqualTo(new CodeCheck.Replayed());
  }

  @Test
  void check_anothersCode_isWrong() {
    enrolled();
    var bobs = factors().newSecret();
    factors().enrol(BOB, bobs, bobs.codeAt(now.get()));
    assertThat(check(bobs.codeAt(now.get()))).isEqualTo(WRONG);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "\0", "-00001"})
  void check_noCodeAtAll_isWrong(String typed) {
    enrolled();
    assertThat(check(typed)).isEqualTo(WRONG);
  }

  @Test
  void check_notEnrolled_isSaidSo() {
    assertThat(check("123456")).isEqualTo(new CodeCheck.NotEnrolled());
    assertThat(folder).isEmptyDirectory();
  }

  /** Five are a person's; then there are two guesses an hour, of a million. */
  @Test
  void check_afterFiveWrongOnes_locksLongerEachTime() {
    var secret = enrolled();
    for (var i = 0; i < 5; i++) {
      assertThat(check(wrong(secret))).isEqualTo(WRONG);
    }
    var locks = List.of(30, 60, 120, 240, 480, 960, 1920, 3600, 3600);
    for (var seconds : locks) {
      var until = now.get().plusSeconds(seconds);
      assertThat(check(secret.codeAt(now.get()))).isEqualTo(new CodeCheck.Locked(until));
      pass(Duration.ofSeconds(seconds).minusSeconds(1));
      assertThat(check(secret.codeAt(now.get()))).isEqualTo(new CodeCheck.Locked(until));
      pass(Duration.ofSeconds(1));
      assertThat(check(wrong(secret))).isEqualTo(WRONG);
    }
  }

  @Test
  void check_rightAfterALock_startsAnew() {
    var secret = enrolled();
    for (var i = 0; i < 5; i++) {
      check(wrong(secret));
    }
    pass(Duration.ofSeconds(30));
    assertThat(check(secret.codeAt(now.get()))).isEqualTo(RIGHT);
    assertThat(check(wrong(secret))).isEqualTo(WRONG);
    pass(Duration.ofSeconds(60));
    assertThat(check(secret.codeAt(now.get()))).isEqualTo(RIGHT);
  }

  @Test
  void check_recoveryCode_isRightOnceHoweverItIsTyped() {
    var secret = factors().newSecret();
    var codes = factors().enrol(ALICE, secret, secret.codeAt(now.get()));
    assertThat(codes).hasSize(10).doesNotHaveDuplicates();
    assertThat(codes).allMatch(c -> c.matches("([a-z2-7]{4}-){3}[a-z2-7]{4}"));
    var typed = codes.get(3).toUpperCase(Locale.ROOT).replace("-", " ");
    assertThat(check(typed)).isEqualTo(new CodeCheck.Right(true));
    assertThat(check(codes.get(3))).isEqualTo(WRONG);
    assertThat(factors().status(ALICE).orElseThrow().recoveryCodes()).isEqualTo(9);
    assertThat(check(codes.get(4))).isEqualTo(new CodeCheck.Right(true));
  }

  @Test
  void enrol_anyCase_keepsNoRecoveryCodeInTheFile() {
    var secret = factors().newSecret();
    var codes = factors().enrol(ALICE, secret, secret.codeAt(now.get()));
    var file = Folders.read(folder.resolve("alice"));
    assertThat(codes).noneMatch(c -> file.contains(c) || file.contains(c.replace("-", "")));
    assertThat(file.length()).isLessThan(450);
  }

  @Test
  void renewRecoveryCodes_thoseBefore_areWrong() {
    var secret = factors().newSecret();
    var before = factors().enrol(ALICE, secret, secret.codeAt(now.get()));
    var after = factors().renewRecoveryCodes(ALICE);
    assertThat(check(before.getFirst())).isEqualTo(WRONG);
    assertThat(check(after.getFirst())).isEqualTo(new CodeCheck.Right(true));
  }

  @Test
  void enrol_wrongCode_changesNothing() {
    var secret = factors().newSecret();
    var wrong = another(secret.codeAt(now.get()));
    assertThatThrownBy(() -> factors().enrol(ALICE, secret, wrong))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("the code is wrong");
    assertThat(factors().status(ALICE)).isEmpty();
  }

  @Test
  void enrol_twice_isRefusedAndTheFirstStays() {
    var first = enrolled();
    var second = factors().newSecret();
    assertThatThrownBy(() -> factors().enrol(ALICE, second, second.codeAt(now.get())))
        .hasMessage("there is a second factor already");
    assertThat(check(first.codeAt(now.get()))).isEqualTo(RIGHT);
  }

  @Test
  void remove_enrolled_isGone() {
    enrolled();
    assertThat(factors().remove(ALICE)).isTrue();
    assertThat(factors().remove(ALICE)).isFalse();
    assertThat(factors().status(ALICE)).isEmpty();
  }

  /** A file that is bent must not let anybody enrol anew. */
  @Test
  void status_fileIsMalformed_isUnavailableAndDoesNotQuoteIt() throws Exception {
    Files.writeString(folder.resolve("alice"), "secret SECRETSECRET\nsince never\n");
    assertThatThrownBy(() -> factors().status(ALICE))
        .isInstanceOf(FailureException.class)
        .hasMessageContaining("(second-factor-unavailable)")
        .hasStackTraceContaining("is malformed")
        .satisfies(e -> assertThat(e.toString()).doesNotContain("SECRETSECRET"));
    assertThatThrownBy(() -> check("123456")).isInstanceOf(FailureException.class);
  }
}
