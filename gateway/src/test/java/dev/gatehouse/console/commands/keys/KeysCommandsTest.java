package dev.gatehouse.console.commands.keys;

import static dev.gatehouse.console.ConsoleFixture.ALICE;
import static dev.gatehouse.console.ConsoleFixture.BOB;
import static dev.gatehouse.console.ConsoleFixture.ROOT;
import static dev.gatehouse.console.ConsoleFixture.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.console.ConsoleFixture;
import dev.gatehouse.console.ConsoleFixture.Outcome;
import dev.gatehouse.directory.Person;
import dev.gatehouse.key.AuthorizedKeyLine;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.key.TestKeys;
import dev.gatehouse.testkit.LogLines;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code gate keys …}, on a real directory. */
final class KeysCommandsTest {
  private final ConsoleFixture fixture = new ConsoleFixture().withKeys();

  private List<SshPublicKey> keys(Person person) {
    return fixture.people.person(person.username()).orElseThrow().publicKeys();
  }

  private Outcome reading(Person person, String line, String stdin) {
    return fixture.gate(person, line, stdin);
  }

  private void give(Person person, String line) {
    fixture.people.addKey(person.username(), AuthorizedKeyLine.parse(line));
  }

  @Test
  void list_ownKeys_saysAll() {
    give(ALICE, "restrict,from=\"192.0.2.0/24\" " + TestKeys.line("rsab2048").strip());
    fixture.gateway.connect(7, ALICE, "c");
    var rsa = AuthorizedKeyLine.parse(TestKeys.line("rsab2048"));
    assertThat(fixture.gate(ALICE, "keys list").out())
        .isEqualTo(
            """
            ssh-ed25519\t%s\t-\talice@laptop\t-\t7
            ssh-rsa\t%s\t2048\t%s\trestrict,from="192.0.2.0/24"\t-
            """
                .formatted(
                    key(ALICE.uidNumber()).fingerprint(),
                    rsa.key().key().fingerprint(),
                    rsa.comment()));
  }

  @Test
  void add_fromStdin_takesEachLine() {
    var outcome =
        reading(
            ALICE,
            "keys add",
            "# mine\n\n%s a\r\nno-pty %s b\n".formatted(key(1).line(), key(2).line()));
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .isEqualTo("alice may now log in with %s, %s.\n".formatted(key(1), key(2)));
    assertThat(keys(ALICE)).contains(key(1), key(2));
  }

  @Test
  void add_asWordsOrOneWord_takesIt() {
    assertThat(fixture.gate(ALICE, "keys add " + key(1).line() + " my desk").exit()).isZero();
    assertThat(fixture.gate(ALICE, "keys add '" + key(2).line() + "'").exit()).isZero();
    assertThat(keys(ALICE)).contains(key(1), key(2));
  }

  @Test
  void add_forSomebodyElse_isTheirs() {
    assertThat(reading(ROOT, "keys add --user bob", key(1).line()).exit()).isZero();
    assertThat(keys(BOB)).contains(key(1));
    assertThat(keys(ROOT)).doesNotContain(key(1));
  }

  @Test
  void add_forSomebodyElseAsOrdinaryPerson_isRefused() {
    var outcome = reading(ALICE, "keys add --user bob", key(1).line());
    assertThat(outcome.err())
        .isEqualTo("gate: --user: this command is for administrators (not-administrator)\n");
    assertThat(outcome.exit()).isEqualTo(77);
    assertThat(keys(BOB)).doesNotContain(key(1));
  }

  @Test
  void add_abbreviatedOption_isNoWayAround() {
    assertThat(reading(ALICE, "keys add --use bob", key(1).line()).exit()).isEqualTo(64);
    assertThat(reading(ALICE, "keys add --user=bob", key(1).line()).exit()).isEqualTo(77);
  }

  @ParameterizedTest
  @CsvSource({
    "dsa, 'DSA is too weak; use ssh-ed25519'",
    "rsab1024, 'RSA with 1024 bits; from 2048 to 16384 are accepted'",
  })
  void add_weakKey_isRefusedWithTheReason(String name, String why) {
    var outcome = reading(ALICE, "keys add", TestKeys.line(name));
    assertThat(outcome.exit()).isEqualTo(64);
    assertThat(outcome.err())
        .startsWith("gate: the key SHA256:")
        .endsWith(" is refused: " + why + "\n");
    assertThat(keys(ALICE)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "'', there is no key; give the line of a file such as id_ed25519.pub",
    "hello, not an SSH public key",
    "ssh-ed25519 AAAA, not an SSH public key",
    "'tunnel=\"1\" ssh-ed25519 AAAA', not an SSH public key",
  })
  void add_malformedKey_isRefusedWithTheReason(String text, String why) {
    var outcome = reading(ALICE, "keys add", text);
    assertThat(outcome.exit()).isEqualTo(64);
    assertThat(outcome.err()).startsWith("gate: " + why);
  }

  @Test
  void add_oneOfSeveralIsBad_addsNone() {
    var outcome = reading(ALICE, "keys add", key(1).line() + "\n" + TestKeys.line("dsa"));
    assertThat(outcome.exit()).isEqualTo(64);
    assertThat(keys(ALICE)).hasSize(1);
  }

  @Test
  void add_moreThanAPersonMayHave_addsNone() {
    var lines = new StringBuilder();
    for (var i = 0; i < 120; i++) {
      lines.append(key(i).line()).append('\n');
    }
    assertThat(reading(ALICE, "keys add", lines.toString()).err())
        .isEqualTo("gate: alice would have 121 keys, and may have 100\n");
    assertThat(keys(ALICE)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"SHA256:%s", "%s"})
  void remove_byBeginningOfFingerprint_isGone(String form) {
    give(ALICE, key(1).line());
    var begun = key(1).fingerprint().substring(7, 15);
    assertThat(fixture.gate(ALICE, "keys remove " + form.formatted(begun)).exit()).isZero();
    assertThat(keys(ALICE)).doesNotContain(key(1));
  }

  @Test
  void remove_byComment_isGone() {
    give(ALICE, key(1).line() + " my old desk");
    assertThat(fixture.gate(ALICE, "keys remove 'my old desk'").out())
        .isEqualTo("alice can no longer log in with %s.\n".formatted(key(1).fingerprint()));
    assertThat(keys(ALICE)).doesNotContain(key(1));
  }

  @Test
  void remove_byCommentOfTwo_removesNeither() {
    give(ALICE, key(1).line() + " desk");
    give(ALICE, key(2).line() + " desk");
    var outcome = fixture.gate(ALICE, "keys remove desk");
    assertThat(outcome.exit()).isEqualTo(65);
    assertThat(outcome.err()).contains("alice has 2 keys 'desk'", key(1).fingerprint());
    assertThat(keys(ALICE)).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({"SHA256:", "''", "SHA256:A", "nothing"})
  void remove_whatNamesNone_removesNone(String selector) {
    give(ALICE, key(1).line());
    assertThat(fixture.gate(ALICE, "keys remove '" + selector + "'").exit()).isEqualTo(65);
    assertThat(keys(ALICE)).hasSize(2);
  }

  @Test
  void remove_lastKey_needsYes() {
    assertThat(fixture.gate(ALICE, "keys remove alice@laptop").err())
        .isEqualTo("gate: This is the last key of alice. Remove it? If you mean it, add --yes\n");
    assertThat(keys(ALICE)).hasSize(1);
    assertThat(fixture.gate(ALICE, "keys remove alice@laptop --yes").exit()).isZero();
    assertThat(keys(ALICE)).isEmpty();
  }

  @Test
  void remove_keyInUse_needsYes() {
    give(ALICE, key(1).line());
    fixture.gateway.connect(7, ALICE, "c");
    assertThat(fixture.gate(ALICE, "keys remove alice@laptop").err())
        .startsWith("gate: 1 session of alice with this key will end. Remove it? If you mean it");
    assertThat(keys(ALICE)).hasSize(2);
  }

  @Test
  void addAndRemove_each_haveALineInTheLog() {
    try (var log = LogLines.ofThisThread()) {
      reading(ALICE, "keys add", key(1).line() + " desk");
      fixture.gate(ROOT, "keys remove %s --user alice".formatted(key(1).fingerprint()));
      assertThat(log.all())
          .containsExactly(
              "[admin] alice: keys add alice: " + key(1),
              "[admin] root: keys remove alice: " + key(1));
    }
  }
}
