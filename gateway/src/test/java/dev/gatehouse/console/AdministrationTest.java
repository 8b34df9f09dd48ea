package dev.gatehouse.console;

import static dev.gatehouse.console.ConsoleFixture.ALICE;
import static dev.gatehouse.console.ConsoleFixture.NOW;
import static dev.gatehouse.console.ConsoleFixture.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.console.LiveSessions.OpenChannel;
import dev.gatehouse.key.TestKeys;
import dev.gatehouse.name.Username;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What administrators do to people, groups, keys, connections and the gateway. */
final class AdministrationTest {
  private static final String KEY = TestKeys.ed25519(1).line() + " ada@laptop";
  private static final String OTHER = TestKeys.ed25519(2).line() + " ada@desk";

  private final ConsoleFixture fixture = new ConsoleFixture();

  private ConsoleFixture.Outcome root(String line) {
    return fixture.gate(ROOT, line);
  }

  @Test
  void userAdd_withKeyPipedIn_canLogIn() {
    var outcome =
        fixture.gate(ROOT, "user add carol --name 'Carol S.' --group people --key -", KEY);
    assertThat(outcome.out()).isEqualTo("carol is added and can log in.\n");
    assertThat(root("user show carol").out())
        .contains("name\tCarol S.\n", "groups\tpeople\n", "ada@laptop");
  }

  @Test
  void userAdd_withoutKey_saysWhatIsMissing() {
    assertThat(root("user add carol").out())
        .isEqualTo("carol is added, and has no key yet: gate keys add --user carol\n");
  }

  @Test
  void userList_all_isATable() {
    assertThat(root("user list").out())
        .contains("alice\tAlice Ämter\t1001\tenabled\t0\tpeople\n")
        .contains("mallory\tMallory\t1002\tdisabled\t0\tadmins,people\n");
  }

  @Test
  void userRemove_withoutYesAndTerminal_changesNothing() {
    var outcome = root("user remove alice");
    assertThat(outcome.exit()).isEqualTo(64);
    assertThat(outcome.err()).isEqualTo("gate: Remove alice? If you mean it, add --yes\n");
    assertThat(fixture.people.person(new Username("alice"))).isPresent();
    assertThat(root("user remove alice --yes").out())
        .isEqualTo("alice is removed. What is in the home stays.\n");
    assertThat(fixture.people.person(new Username("alice"))).isEmpty();
  }

  /** Mallory is in the group too, but disabled: she cannot help. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "user remove root --yes",
        "user disable root",
        "group members admins --remove root",
        "group remove admins --yes"
      })
  void lastAdministrator_isKept(String line) {
    var outcome = root(line);
    assertThat(outcome.exit()).isEqualTo(77);
    assertThat(fixture.people.person(new Username("root")).orElseThrow().disabled()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"user disable root", "user remove root --yes"})
  void oneself_evenWithAnotherAdministrator_isKept(String line) {
    root("group members admins --add alice");
    assertThat(root(line).err()).endsWith("yourself; ask another administrator\n");
    assertThat(fixture.people.person(new Username("root")).orElseThrow().disabled()).isFalse();
  }

  @Test
  void sessionMessage_withEscapes_carriesNone() {
    fixture.gateway.connect(1, ALICE, "x");
    root("session message --all 'a\u001b]52;c;aGk=\u0007\nb'");
    assertThat(fixture.gateway.told).containsExactly("1: root says: a?]52;c;aGk=??b");
  }

  @Test
  void lastAdministrator_withAnother_mayGo() {
    root("group members admins --add alice");
    assertThat(root("group members admins --remove root").out()).isEqualTo("alice\nmallory\n");
  }

  @Test
  void userDisable_andEnable_isShown() {
    assertThat(root("user disable alice --json").out()).contains("\"state\" : \"disabled\"");
    assertThat(root("user enable alice --json").out()).contains("\"state\" : \"enabled\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "user show nobody; 67; nobody called nobody",
        "user disable nobody; 67; nobody called nobody",
        "group show nope; 65; no group called nope",
        "group members people --add nobody; 67; nobody called nobody",
        "session show 99; 65; no session 99",
        "session show abc; 64; is not the number of a session",
        "session kill; 64; say which",
        "session message hello; 64; say to whom",
        "penalty clear localhost; 64; is not an IP address",
        "log level loud; 64; "
      })
  void mistake_isNamed(String line, int exit, String text) {
    var outcome = root(line);
    assertThat(outcome.exit()).isEqualTo(exit);
    assertThat(outcome.err()).contains(text == null ? "" : text);
  }

  @Test
  void groups_addChangeAndRemove() {
    assertThat(root("group add ml alice").out())
        .isEqualTo("Group ml is added, with alice in it.\n");
    assertThat(root("group members ml --add root --remove alice").out()).isEqualTo("root\n");
    assertThat(root("group list").out()).contains("ml\t502\troot\n");
    assertThat(root("group remove ml --yes").out()).isEqualTo("Group ml is removed.\n");
  }

  @Test
  void groupAdd_withoutAMember_makesAnEmptyGroup() {
    assertThat(root("group add ml").out()).isEqualTo("Group ml is added; nobody is in it.\n");
    assertThat(root("group show ml --json").out()).contains("\"members\" : [ ]");
    assertThat(root("group members ml --add alice").out()).isEqualTo("alice\n");
  }

  @Test
  void keys_ownOnes_areAddedListedAndRemoved() {
    assertThat(fixture.gate(ALICE, "keys add", KEY).out())
        .isEqualTo("alice may now log in with %s.\n".formatted(TestKeys.ed25519(1)));
    assertThat(fixture.gate(ALICE, "keys add restrict " + OTHER).exit()).isZero();
    assertThat(fixture.gate(ALICE, "keys list").out())
        .isEqualTo(
            "ssh-ed25519\t%s\t-\tada@laptop\t-\t-\nssh-ed25519\t%s\t-\tada@desk\trestrict\t-\n"
                .formatted(TestKeys.ed25519(1).fingerprint(), TestKeys.ed25519(2).fingerprint()));
    assertThat(fixture.gate(ALICE, "keys remove ada@desk").exit()).isZero();
    assertThat(fixture.gate(ALICE, "keys remove ada@laptop").err()).contains("add --yes");
    assertThat(fixture.gate(ALICE, "keys remove ada@laptop --yes").exit()).isZero();
    assertThat(fixture.gate(ALICE, "keys list").out()).isEmpty();
  }

  @Test
  void keysAdd_ofAnother_isTheirs() {
    assertThat(fixture.gate(ROOT, "keys add --user alice", KEY).exit()).isZero();
    assertThat(fixture.gate(ALICE, "keys list").out()).contains("ada@laptop");
    assertThat(root("keys list").out()).isEmpty();
  }

  @Test
  void keysAdd_weakOrMalformed_isRefusedWithTheReason() {
    assertThat(fixture.gate(ALICE, "keys add", TestKeys.line("rsab1024")).err())
        .contains("is refused: RSA with 1024 bits");
    assertThat(fixture.gate(ALICE, "keys add", TestKeys.line("dsa")).err()).contains("DSA");
    assertThat(fixture.gate(ALICE, "keys add", "ssh-ed25519 AAAA").exit()).isEqualTo(64);
    assertThat(fixture.gate(ALICE, "keys add", "").err()).contains("there is no key");
  }

  @Test
  void keysAdd_aPrivateKey_isRefusedAndNotShown() {
    var outcome =
        fixture.gate(
            ALICE, "keys add", "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk\n-----END");
    assertThat(outcome.err()).contains("private key").doesNotContain("b3Blb");
  }

  @Test
  void sessionList_forOrdinaryPeople_isTheirOwn() {
    fixture.gateway.connect(1, ROOT, "SSH-2.0-x");
    fixture.gateway.connect(2, ALICE, "SSH-2.0-y");
    assertThat(fixture.gate(ALICE, "session list").out().lines()).hasSize(1);
    assertThat(root("session list").out().lines()).hasSize(2);
    assertThat(fixture.gate(ALICE, "session show 1").exit()).isEqualTo(65);
    assertThat(fixture.gate(ALICE, "session kill 1").exit()).isEqualTo(65);
    assertThat(fixture.gate(ALICE, "session kill 2").out()).isEqualTo("1 connection is ended.\n");
  }

  /** What is known is shown, and what is not is named. */
  @Test
  void sessions_oneGatewayDoesNotAnswer_isNamedAndNoSuccess() {
    fixture.gateway.connect(7, ALICE, "SSH-2.0-x");
    fixture.gateway.silent.add("gatehouse-other");
    for (var command :
        new String[] {"session list", "session message --all noon", "session kill --user alice"}) {
      var outcome = root(command);
      assertThat(outcome.out()).as(command).isNotEmpty();
      assertThat(outcome.err()).contains("no answer from gatehouse-other", "(replica-silent)");
      assertThat(outcome.exit()).isEqualTo(69);
    }
    assertThat(root("session kill 99").exit()).isEqualTo(69);
  }

  @Test
  void sessionShow_all_isThere() {
    fixture.gateway.connect(
        3,
        ALICE,
        "SSH-2.0-OpenSSH_9.2",
        new OpenChannel("session:command", "python train.py", NOW));
    assertThat(root("session show 3").out())
        .contains("user\talice\n", "from\t192.0.2.7\n", "client\tSSH-2.0-OpenSSH_9.2\n")
        .contains("in\t2048\n", "channels\tsession:command\tpython train.py\t");
  }

  @Test
  void sessionKill_ofAPerson_endsAllOfTheirs() {
    fixture.gateway.connect(1, ALICE, "x");
    fixture.gateway.connect(2, ROOT, "x");
    fixture.gateway.connect(3, ALICE, "x");
    assertThat(root("session kill --user alice").out()).isEqualTo("2 connections are ended.\n");
    assertThat(fixture.gateway.told).containsExactly("1: ended by root", "3: ended by root");
  }

  @Test
  void sessionMessage_toAll_saysWhoSaysIt() {
    fixture.gateway.connect(1, ALICE, "x");
    fixture.gateway.connect(2, ROOT, "x");
    assertThat(root("session message --all back at noon").out())
        .isEqualTo("2 terminals show it.\n");
    assertThat(fixture.gateway.told).contains("1: root says: back at noon");
  }

  @Test
  void penalties_areListedAndCleared() {
    fixture.gateway.penalise("198.51.100.7", NOW.plusSeconds(90));
    fixture.gateway.penalise("198.51.100.8", NOW.plusSeconds(30));
    assertThat(root("penalty list").out()).contains("198.51.100.7\tauthFail\trefused\tPT1M30S\n");
    assertThat(root("penalty clear 198.51.100.7").out()).isEqualTo("1 source is forgiven.\n");
    assertThat(root("penalty clear").out()).isEqualTo("1 source is forgiven.\n");
    assertThat(root("penalty list").out()).isEmpty();
  }

  @Test
  void logLevel_isShownAndSet() {
    assertThat(root("log level").out()).isEqualTo("level\tinfo\n");
    assertThat(root("log level debug").out()).isEqualTo("level\tdebug\n");
  }

  @Test
  void hostKeys_areRotatedAndRetired() {
    assertThat(root("hostkey retire --yes").exit()).isEqualTo(64);
    assertThat(root("hostkey rotate").exit()).isZero();
    assertThat(root("hostkey list").out()).contains("\tcurrent\t", "\tnext\t");
    assertThat(root("hostkey retire").err()).contains("--yes");
    assertThat(root("hostkey retire --yes").out()).isEqualTo("The old host keys are gone.\n");
    assertThat(fixture.gate(ALICE, "hostkey fingerprint").out())
        .isEqualTo("256 %s example.com (ED25519)\n".formatted(TestKeys.ed25519(8).fingerprint()));
  }

  /** As ssh-keygen -r prints it. */
  @Test
  void hostkeySshfp_isARecordForTheDns() {
    assertThat(root("hostkey sshfp").out()).matches("example\\.com IN SSHFP 4 2 [0-9a-f]{64}\n");
  }

  @Test
  void statusLimits_haveTheNamesOfSshd() {
    assertThat(root("status --limits").out())
        .contains("MaxStartups\t100:30:400\n", "MaxAuthTries\t6\n", "LoginGraceTime\t1 min\n");
  }
}
