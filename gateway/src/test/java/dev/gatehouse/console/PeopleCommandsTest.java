package dev.gatehouse.console;

import static dev.gatehouse.console.ConsoleFixture.ALICE;
import static dev.gatehouse.console.ConsoleFixture.BOB;
import static dev.gatehouse.console.ConsoleFixture.NOW;
import static dev.gatehouse.console.ConsoleFixture.ROOT;
import static dev.gatehouse.console.ConsoleFixture.key;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.console.ConsoleFixture.Outcome;
import dev.gatehouse.key.AuthorizedKeyLine;
import dev.gatehouse.key.TestKeys;
import dev.gatehouse.name.Username;
import dev.gatehouse.testkit.LogLines;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rest of what administrators do to people, and people to their passwords. */
@Timeout(60)
final class PeopleCommandsTest {
  private final ConsoleFixture fixture = new ConsoleFixture();
  @AutoClose private final PtyStreams terminal = new PtyStreams("xterm-256color");

  private Outcome root(String line) {
    return fixture.gate(ROOT, line);
  }

  private boolean isThere() {
    return fixture.people.person(BOB.username()).isPresent();
  }

  @Test
  void add_withEverything_isShown() {
    var line =
        "user add carol --name 'Carol S.' --group lab --primary-group people --uid 4711"
            + " --home /data/carol --shell /bin/zsh --key -";
    assertThat(fixture.gate(ROOT, line, key(1).line() + " c@pc\n\n# old\n" + key(2).line()).exit())
        .isZero();
    assertThat(root("user show carol").out())
        .contains("name\tCarol S.\n", "uid\t4711\n", "home\t/data/carol\n", "shell\t/bin/zsh\n")
        .contains("groups\tlab,people\n", "primary group\tpeople\n", "locked by\t-\n")
        .contains(key(1).fingerprint(), key(2).fingerprint());
  }

  @Test
  void show_disabledPerson_saysWhatLocks() {
    fixture.withWorkspace(ALICE, "main", "small", State.RUNNING);
    root("user disable alice");
    assertThat(root("user show alice").out())
        .contains("state\tdisabled\n", "locked by\tshadowExpire: 1\n", "workspaces\tmain\trunning");
  }

  /** GitHub has keys of people who made them years ago, for something else. */
  @Test
  void add_githubFile_leavesOutWhatIsTooWeak() {
    var file = TestKeys.line("rsab1024") + "\n" + key(1).line() + "\n" + key(2).line() + "\n";
    var outcome = fixture.gate(ROOT, "user add carol --github-file", file);
    assertThat(outcome.err()).startsWith("left out: the key SHA256:").contains("1024 bits");
    assertThat(fixture.people.keys(new Username("carol")))
        .extracting(AuthorizedKeyLine::comment)
        .containsExactly("github", "github");
    assertThat(fixture.gate(ROOT, "user add dan --github-file", "Not Found").err())
        .contains("there is no key to log in with");
    assertThat(fixture.people.person(new Username("dan"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "user add carol --uid 999; 64; uid '999' is not valid",
        "user add carol --uid 65534; 64; not 65534",
        "user add carol --uid 99999999999; 64; is not valid",
        "user add carol --home ../etc; 64; path '../etc' is not valid",
        "user add carol --home /home/../etc; 64; no part '..'",
        "user add carol --shell '/bin/a b'; 64; without blanks",
        "user add carol --shell /usr/sbin/nologin; 64; gate user disable",
        "user add carol --key - --github-file; 64; not both",
        "user edit alice; 64; say what to change",
        "user edit alice --shell /bin/false; 64; gate user disable",
        "user edit nobody --name x; 67; nobody called nobody",
        "user remove bob --keep-home --delete-home; 64; not both",
        "group rename admins staff; 77; the administrators' group",
        "group rename nope staff; 65; no group called nope",
        "user export --format xml; 64; take one of csv, ldif",
        "passwd; 64; on a terminal only: ssh -t example.com gate passwd"
      })
  void mistake_isNamed(String line, int exit, String text) {
    var outcome = root(line);
    assertThat(outcome.exit()).isEqualTo(exit);
    assertThat(outcome.err()).contains(text);
    assertThat(fixture.people.person(new Username("carol"))).isEmpty();
  }

  @Test
  void edit_several_tellsAndLogsWhatIsOther() {
    try (var log = LogLines.ofThisThread()) {
      assertThat(
              root("user edit alice --name 'Alice A.' --home /home/alice --shell /bin/zsh").out())
          .isEqualTo(
              "alice is changed: name Alice A., shell /bin/zsh. Workspaces have it from their next"
                  + " start on; files do not move to another path.\n");
      assertThat(log.all())
          .containsExactly("[admin] root: user edit alice: name Alice A., shell /bin/zsh");
    }
    assertThat(root("user edit alice --name 'Alice A.'").out())
        .isEqualTo("alice is like that already.\n");
  }

  @Test
  void remove_deleteHome_deletesWorkspacesThenHomeThenPerson() {
    fixture.workspaces.homes.add(BOB.username());
    fixture.workspaces.snapshot = Optional.of("home-bob-1");
    fixture.withWorkspace(BOB, "main", "small", State.RUNNING);
    try (var log = LogLines.ofThisThread()) {
      assertThat(root("user remove bob --delete-home --yes").out())
          .isEqualTo(
              "bob is removed. The home is deleted; what was in it is in the snapshot"
                  + " home-bob-1.\n");
      assertThat(log.all())
          .containsExactly(
              "[admin] root: user disable bob",
              "[admin] root: workspace delete bob/main",
              "[admin] root: home delete bob",
              "[admin] root: user remove bob");
    }
    assertThat(isThere()).isFalse();
    assertThat(fixture.workspaces.homes).isEmpty();
    assertThat(fixture.workspaces.list(BOB.username())).isEmpty();
  }

  @Test
  void remove_withYesOnly_keepsTheHome() {
    fixture.workspaces.homes.add(BOB.username());
    fixture.withWorkspace(BOB, "main", "small", State.STOPPED);
    assertThat(root("user remove bob --yes").out())
        .isEqualTo(
            "bob is removed. What is in the home stays, and so do the workspaces:"
                + " gate workspace list --user bob\n");
    assertThat(fixture.workspaces.homes).contains(BOB.username());
  }

  @Test
  void remove_deleteHomeWithoutYes_changesNothing() {
    fixture.workspaces.homes.add(BOB.username());
    assertThat(root("user remove bob --delete-home").err()).contains("goes for ever", "add --yes");
    assertThat(fixture.people.person(BOB.username()).orElseThrow().disabled()).isFalse();
  }

  @Test
  void remove_onTerminal_asksForTheHomeAndKeepsItByDefault() throws Exception {
    fixture.workspaces.homes.add(BOB.username());
    terminal.run(fixture.console(), ROOT, "user remove bob").await("Remove bob? [y/N] ");
    terminal.type("y\r").await("[Y/n] ").type("\r");
    assertThat(terminal.exit()).isZero();
    assertThat(isThere()).isFalse();
    assertThat(fixture.workspaces.homes).contains(BOB.username());
  }

  @Test
  void remove_onTerminalNoAndName_deletesTheHome() throws Exception {
    fixture.workspaces.homes.add(BOB.username());
    terminal.run(fixture.console(), ROOT, "user remove bob").await("Remove bob? [y/N] ");
    terminal.type("y\r").await("[Y/n] ").type("n\r").await("To go on, type bob: ").type("bob\r");
    assertThat(terminal.exit()).isZero();
    assertThat(isThere()).isFalse();
    assertThat(fixture.workspaces.homes).isEmpty();
  }

  @Test
  void remove_onTerminalAnotherName_changesNothing() throws Exception {
    fixture.workspaces.homes.add(BOB.username());
    terminal.run(fixture.console(), ROOT, "user remove bob --delete-home");
    terminal.await("To go on, type bob: ").type("alice\r");
    assertThat(terminal.exit()).isEqualTo(64);
    assertThat(isThere()).isTrue();
    assertThat(fixture.workspaces.homes).contains(BOB.username());
  }

  @Test
  void groupRename_keepsMembersAndNumber() {
    assertThat(root("group rename lab laboratory").out())
        .isEqualTo("Group lab is called laboratory now.\n");
    assertThat(root("group show laboratory").out()).contains("members\tbob\n");
    assertThat(root("group show lab").exit()).isEqualTo(65);
  }

  @Test
  void keysAudit_eachKindOfFinding_isListed() {
    assertThat(root("keys audit").out()).isEmpty();
    var people = fixture.people;
    people.addKey(ALICE.username(), AuthorizedKeyLine.parse(key(1).line()));
    people.addKey(BOB.username(), AuthorizedKeyLine.parse("restrict " + key(1).line()));
    people.addKey(BOB.username(), AuthorizedKeyLine.parse(key(3).line()));
    people.addKey(
        BOB.username(),
        AuthorizedKeyLine.parse("expiry-time=\"20260101\" " + TestKeys.line("rsab2048")));
    assertThat(root("keys audit").out().lines())
        .satisfiesExactly(
            l -> assertThat(l).startsWith("alice\t").endsWith("\tshared: with [bob]"),
            l -> assertThat(l).startsWith("bob\t").endsWith("\tshared: with [alice]"),
            l -> assertThat(l).startsWith("bob\tssh-rsa\t").endsWith("\tweak: RSA with 2048 bits"),
            l -> assertThat(l).endsWith("\texpired: on 2026-01-01T00:00:00Z"));
  }

  @Test
  void keysAudit_expiryStillToCome_isNoFinding() {
    fixture.people.addKey(
        BOB.username(), AuthorizedKeyLine.parse("expiry-time=\"20261231\" " + key(1).line()));
    assertThat(NOW.plus(Duration.ofDays(30))).isBefore("2026-12-31T00:00:00Z");
    assertThat(root("keys audit").out()).isEmpty();
  }

  @Test
  void passwd_ownOne_isChangedAndNeverShown() throws Exception {
    fixture.people.setPassword(ALICE.username(), "old one ");
    terminal.run(fixture.console(), ALICE, "passwd").await("Your password now: ");
    terminal.type("old one \r").await("The new one: ").type("new one\r");
    terminal.await("again: ").type("new one\r");
    assertThat(terminal.exit()).isZero();
    assertThat(fixture.people.password(ALICE.username())).isEqualTo("new one");
    assertThat(terminal.plainText())
        .endsWith("The password of alice is changed.\n")
        .doesNotContain("old one", "new one\r", "new onenew");
  }

  @Test
  void passwd_wrongOrDifferent_changesNothing() throws Exception {
    fixture.people.setPassword(ALICE.username(), "old");
    terminal.run(fixture.console(), ALICE, "passwd").await("now: ");
    terminal.type("guess\r").await("The new one: ").type("x\r").await("again: ").type("x\r");
    assertThat(terminal.exit()).isEqualTo(77);
    try (var second = new PtyStreams("xterm")) {
      second.run(fixture.console(), ALICE, "passwd").await("now: ");
      second.type("old\r").await("The new one: ").type("x\r").await("again: ").type("y\r");
      assertThat(second.exit()).isEqualTo(64);
      assertThat(second.plainText()).contains("the two are not the same");
    }
    assertThat(fixture.people.password(ALICE.username())).isEqualTo("old");
  }

  /** There the editor could not hide what is typed. */
  @Test
  void passwd_onADumbTerminal_isNotAsked() throws Exception {
    try (var dumb = new PtyStreams("dumb")) {
      dumb.run(fixture.console(), ALICE, "passwd");
      assertThat(dumb.exit()).isEqualTo(64);
    }
  }

  @Test
  void passwd_ofAnother_needsNoOldOne() throws Exception {
    terminal.run(fixture.console(), ROOT, "passwd --user bob").await("The new one: ");
    terminal.type("first\r").await("again: ").type("first\r");
    assertThat(terminal.exit()).isZero();
    assertThat(fixture.people.password(BOB.username())).isEqualTo("first");
  }

  @Test
  void import_onATerminal_showsABarAndEndsWithCtrlD() throws Exception {
    terminal.run(fixture.console(), ROOT, "user import").await("Reading the file");
    terminal.type("user,name\rcarol,Carol\rdan,Dan\r\u0004");
    assertThat(terminal.exit()).isZero();
    assertThat(terminal.plainText())
        .contains("importing [###############               ] 1/2 carol", "2/2 dan")
        .endsWith(
            "2 people are added, 0 people are changed, 0 people are as the file says"
                + " already.\n");
  }

  /** More than all buffers in between hold. */
  @Test
  void import_aClassThroughATerminal_isReadWhole() throws Exception {
    var people = IntStream.range(0, 900).mapToObj(i -> "s%03d,Student %d\n".formatted(i, i));
    terminal
        .run(fixture.console(), ROOT, "user import")
        .type("user,name\n" + people.collect(joining()));
    terminal.end();
    assertThat(terminal.exit()).isZero();
    assertThat(fixture.people.people()).hasSize(904);
  }

  /** The terminal takes lines of 4 KiB; what is behind a longer one never arrives. */
  @ParameterizedTest
  @ValueSource(ints = {1, 6000})
  void import_cutOffByATerminal_isRefused(int length) throws Exception {
    terminal.run(fixture.console(), ROOT, "user import");
    terminal.type("user,name\ncarol,Carol\ndan," + "x".repeat(length)).end();
    assertThat(terminal.exit()).isEqualTo(64);
    assertThat(terminal.plainText()).contains("ends in the middle of a line");
    assertThat(fixture.people.people()).hasSize(4);
  }
}
