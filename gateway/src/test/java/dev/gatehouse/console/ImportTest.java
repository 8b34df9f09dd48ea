package dev.gatehouse.console;

import static dev.gatehouse.console.ConsoleFixture.ALICE;
import static dev.gatehouse.console.ConsoleFixture.BOB;
import static dev.gatehouse.console.ConsoleFixture.MALLORY;
import static dev.gatehouse.console.ConsoleFixture.ROOT;
import static dev.gatehouse.console.ConsoleFixture.key;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.console.ConsoleFixture.Outcome;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.key.AuthorizedKeyLine;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code gate user import} and {@code gate user export}: a class comes, and comes again. */
final class ImportTest {
  private static final String CLASS =
      IntStream.rangeClosed(1, 200)
          .mapToObj(
              i -> "s%03d,Student %d,lab,%s s%d@pc\n".formatted(i, i, key(5000 + i).line(), i))
          .collect(joining("", "user,name,groups,keys\n", ""));

  private final ConsoleFixture fixture = new ConsoleFixture();

  private Outcome importing(String options, String file) {
    return fixture.gate(ROOT, "user import " + options, file);
  }

  private static Username name(String user) {
    return new Username(user);
  }

  @Test
  void import_aClass_isAddedWithGroupsAndKeys() {
    var outcome = importing("", CLASS);
    assertThat(outcome.out())
        .isEqualTo(
            "200 people are added, 0 people are changed, 0 people are as the file says already.\n");
    assertThat(outcome.err().lines()).hasSize(10).first().isEqualTo("importing: 20 of 200");
    var last = fixture.people.person(name("s200")).orElseThrow();
    assertThat(last.displayName()).isEqualTo("Student 200");
    assertThat(last.publicKeys()).containsExactly(key(5200));
    assertThat(last.groups()).containsExactly(new GroupName("lab"));
  }

  /** What Excel writes: a line for itself, and columns that somebody touched once. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sep=,\nuser,name\nzoe,Zoe Z\n",
        "\ufeffsep=;\r\nuser;name\r\nzoe;Zoe Z\r\n",
        "sep=\t\nuser\tname\nzoe\tZoe Z\n",
        "user,name,,,\nzoe,Zoe Z,,,\n,,,,\n",
        "user,name\nzoe,Zoe Z,,\n,\n",
        "\"sep=,\"\nuser,name\nzoe,Zoe Z\n",
        "user,\u00a0name\n\u00a0zoe\u200b,Zoe Z\u00a0\u202f\n\u00a0,\u00a0\n",
        "\n,,\nuser,name\nzoe,Zoe Z\n",
      })
  void import_asExcelWrites_isTaken(String file) {
    var outcome = importing("", file);
    assertThat(outcome.exit()).as(outcome.err()).isZero();
    assertThat(fixture.people.person(name("zoe")).orElseThrow().displayName()).isEqualTo("Zoe Z");
  }

  @Test
  void import_cellUnderNoColumn_isAMistake() {
    var outcome = importing("", "user,name,,\nzoe,Zoe,,x\n");
    assertThat(outcome.exit()).isEqualTo(65);
    assertThat(outcome.out() + outcome.err()).contains("it has 4 cells, the first line 2");
  }

  @Test
  void import_again_changesNothing() {
    importing("", CLASS);
    assertThat(importing("", CLASS).out())
        .isEqualTo(
            "0 people are added, 0 people are changed, 200 people are as the file says already.\n");
    assertThat(importing("--dry-run", CLASS).out().lines())
        .hasSize(200)
        .allMatch(l -> l.contains("\tunchanged\t"));
  }

  /** As when the directory goes away in the middle: the second run does the rest only. */
  @Test
  void import_directoryGoesAway_isResumed() {
    fixture.people.failsAt(
        name("s100"),
        new FailureException(
            new Failure.Unavailable("directory-unavailable", "the directory does not answer")));
    var outcome = importing("", CLASS);
    assertThat(outcome.exit()).isEqualTo(69);
    assertThat(outcome.err())
        .endsWith(
            """
            gate: stopped before line 101: 99 of 200 changes done; the same command goes on
            gate: the directory does not answer (directory-unavailable)
            """);
    fixture.people.failsAt(name("s100"), null);
    assertThat(importing("", CLASS).out())
        .startsWith("101 people are added, 0 people are changed, 99 people are as");
  }

  /** What is done stays and is whole, the line says how much, and the second run does the rest. */
  @Test
  void import_ctrlC_stopsAfterWhomItIsAtAndIsResumed() {
    var command = Thread.currentThread();
    var reached = new AtomicBoolean();
    fixture.people.during(
        name("s100"),
        () -> {
          command.interrupt();
          reached.set(!Thread.currentThread().isInterrupted());
        });
    var outcome = importing("", CLASS);
    assertThat(reached).as("the change goes on").isTrue();
    assertThat(outcome.exit()).isEqualTo(130);
    assertThat(outcome.err())
        .endsWith(
            "gate: stopped before line 102: 100 of 200 changes done; the same command goes on\n");
    assertThat(fixture.people.person(name("s100")).orElseThrow().groups()).isNotEmpty();
    assertThat(fixture.people.person(name("s101"))).isEmpty();
    assertThat(Thread.interrupted()).as("the next command is not hit").isFalse();
    assertThat(importing("", CLASS).out())
        .startsWith("100 people are added, 0 people are changed, 100 people are as");
  }

  @Test
  void import_ctrlCAtTheLast_isDone() {
    var command = Thread.currentThread();
    fixture.people.during(name("s200"), command::interrupt);
    var outcome = importing("", CLASS);
    assertThat(outcome.exit()).isZero();
    assertThat(outcome.out()).startsWith("200 people are added");
  }

  @Test
  void import_dryRun_showsAllAndChangesNothing() {
    var file =
        """
        user,name,groups,state,keys
        carol,Carol C.,"lab, people",disabled,%s
        alice,Alice A.,lab,enabled,
        bob,,,,
        """
            .formatted(key(9).line());
    assertThat(importing("--dry-run", file))
        .isEqualTo(
            new Outcome(
                0,
                """
                2\tcarol\tnew\tCarol C., group lab, group people, 1 key, disabled
                3\talice\tchanged\tname Alice A., group lab
                4\tbob\tunchanged\t-
                """,
                ""));
    assertThat(fixture.people.person(name("carol"))).isEmpty();
    assertThat(fixture.people.person(ALICE.username())).contains(ALICE);
  }

  @Test
  void import_somebodyDisabled_neverHasAKeyWhileEnabled() {
    importing("", "user,state,keys\ncarol,disabled," + key(9).line() + "\n");
    var carol = fixture.people.person(name("carol")).orElseThrow();
    assertThat(carol.disabled()).isTrue();
    assertThat(carol.publicKeys()).containsExactly(key(9));
    assertThat(fixture.people.couldEverLogIn).doesNotContain(name("carol"));
  }

  @Test
  void import_mistakes_areAllToldAndNothingIsChanged() {
    var file =
        """
        user,name,uid,groups,home,shell,state,keys
        carol,Carol,,,,,,
        Dave,,,,,,,

        erin,,12,nope,home,/bin/false,off,ssh-ed25519 AAAA
        carol,Again,,,,,,
        frank,,1001,,,,,
        alice,,1002,,,/sbin/nologin,,
        root,,,,,,disabled,
        ,Nobody,,,,,,
        gina,,,
        """;
    var outcome = importing("", file);
    assertThat(outcome.exit()).isEqualTo(65);
    assertThat(outcome.err())
        .isEqualTo("gate: 8 lines of the file are wrong; nothing was changed\n");
    assertThat(outcome.out().lines())
        .satisfiesExactly(
            l -> assertThat(l).startsWith("3\tDave\twrong\tuser: user name 'Dave' is not valid"),
            l -> assertThat(l).startsWith("5\terin\twrong\thome: path 'home' is not valid"),
            l -> assertThat(l).startsWith("5\terin\twrong\tkeys: "),
            l -> assertThat(l).isEqualTo("5\terin\twrong\tstate: it is enabled or disabled"),
            l -> assertThat(l).isEqualTo("6\tcarol\twrong\tuser: it is in line 2 already"),
            l -> assertThat(l).isEqualTo("7\tfrank\twrong\tthe uid 1001 is that of alice"),
            l -> assertThat(l).startsWith("8\talice\twrong\tuid: it is 1001, and cannot change"),
            l -> assertThat(l).startsWith("8\talice\twrong\tthe shell /sbin/nologin locks"),
            l -> assertThat(l).startsWith("9\troot\twrong\tstate: administrators are disabled by"),
            l -> assertThat(l).isEqualTo("10\t-\twrong\tuser: there is none"),
            l -> assertThat(l).isEqualTo("11\tgina\twrong\tit has 4 cells, the first line 8"));
    assertThat(fixture.people.people()).hasSize(4);
    assertThat(importing("--dry-run", file).out()).contains("2\tcarol\tnew\t", "3\tDave\twrong");
  }

  @Test
  void import_groupThatIsNotThere_isMadeOnlyWhenAsked() {
    var file = "user,groups\ncarol,class-2026\ndan,class-2026\n";
    assertThat(importing("", file).out())
        .contains("2\tcarol\twrong\tthere is no group [class-2026]");
    assertThat(importing("--make-groups", file).exit()).isZero();
    assertThat(fixture.people.group(new GroupName("class-2026")).orElseThrow().members())
        .containsExactly(name("carol"), name("dan"));
  }

  /** Spreadsheets are filled in by people who have the file, not its text, at hand. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "id_ed25519.pub",
        "~/.ssh/id_rsa.pub",
        "C:\\Users\\jo\\.ssh\\id_ed25519",
        "key.ppk"
      })
  void import_keyIsTheNameOfAFile_saysWhatToPutThere(String cell) {
    var outcome = importing("", "user,keys\ncarol,%s\n".formatted(cell));
    assertThat(outcome.exit()).isEqualTo(65);
    assertThat(outcome.out())
        .startsWith("2\tcarol\twrong\tkeys: '")
        .contains(
            "is the name of a file, which cannot be read from here; put the line in the cell that"
                + " its .pub file holds: type base64 comment");
  }

  @Test
  void import_keysAndGroupsThatAreNotInTheFile_stay() {
    fixture.people.addKey(BOB.username(), AuthorizedKeyLine.parse(key(1).line() + " old"));
    importing(
        "", "user,groups,keys\nbob,people,\"%s\n%s\"\n".formatted(key(1).line(), key(2).line()));
    var bob = fixture.people.person(BOB.username()).orElseThrow();
    assertThat(bob.publicKeys()).containsExactly(key(1), key(2));
    assertThat(bob.groups()).containsExactlyInAnyOrderElementsOf(BOB.groups());
    assertThat(fixture.people.keys(BOB.username()).getFirst().comment()).isEqualTo("old");
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "ldif"})
  void export_intoImport_changesNothingHereAndAllElsewhere(String format) {
    fixture.people.addKey(
        BOB.username(),
        AuthorizedKeyLine.parse(
            "restrict,command=\"say \\\"hi\\\", bob\" " + key(1).line() + " b@pc"));
    fixture.people.addKey(BOB.username(), AuthorizedKeyLine.parse(key(2).line()));
    fixture.gate(ROOT, "user edit bob --primary-group lab --home /data/bob --shell /bin/zsh");
    fixture.gate(ROOT, "user edit alice --name 'Ämter, \"Alice\"; 愛'");
    var file = fixture.gate(ROOT, "user export --format " + format).out();
    assertThat(importing("--dry-run", file).out().lines())
        .hasSize(4)
        .allMatch(l -> l.contains("\tunchanged\t"));

    var other = new ConsoleFixture();
    List.of(ALICE, BOB, MALLORY).forEach(p -> other.people.remove(p.username()));
    assertThat(other.gate(ROOT, "user import --make-groups", file).out())
        .contains("bob\twrong\tthere is no group [lab]");
    other.gate(ROOT, "group add lab root");
    assertThat(other.gate(ROOT, "user import --make-groups", file).err()).isEmpty();
    assertThat(fixture.people.people())
        .allSatisfy(
            here ->
                assertThat(other.people.person(here.username()).orElseThrow())
                    .usingRecursiveComparison()
                    .ignoringFields("gidNumber", "groups")
                    .isEqualTo(here));
    assertThat(other.people.person(BOB.username()).orElseThrow().groups())
        .isEqualTo(fixture.people.person(BOB.username()).orElseThrow().groups());
    assertThat(other.people.keys(BOB.username())).isEqualTo(fixture.people.keys(BOB.username()));
  }

  /** As slapcat(8) writes a directory of the form of rfc2307bis. */
  @Test
  void import_ldifOfADirectory_readsPeopleAndTheirGroups() {
    var file =
        """
        dn: dc=example,dc=com
        objectClass: domain
        dc: example

        # of the old cluster
        dn: uid=carol,ou=people,dc=example,dc=com
        objectClass: inetOrgPerson
        objectClass: posixAccount
        uid: carol
        cn: carol
        displayName:: Q2Fyb2wgw4Qu
        uidNumber: 4711
        gidNumber: 20000
        homeDirectory: /data/ca
         rol
        loginShell: /bin/zsh
        shadowExpire: 99999
        sshPublicKey: %s
        sshPublicKey: restrict %s c@pc

        dn: cn=lab,ou=groups,dc=example,dc=com
        objectClass: groupOfNames
        objectClass: posixGroup
        cn: lab
        gidNumber: 20000
        member: uid=carol,ou=people,dc=example,dc=com
        """
            .formatted(key(1).line(), key(2).line());
    assertThat(importing("--dry-run", file).out())
        .isEqualTo("6\tcarol\tnew\tCarol Ä., group lab, 2 keys\n");
    assertThat(importing("", file).exit()).isZero();
    var carol = fixture.people.person(name("carol")).orElseThrow();
    assertThat(carol.uidNumber()).isEqualTo(4711);
    assertThat(carol.homeDirectory()).isEqualTo("/data/carol");
    assertThat(carol.loginShell()).isEqualTo("/bin/zsh");
    assertThat(carol.groups()).containsExactly(new GroupName("lab"));
    assertThat(carol.publicKeys()).containsExactly(key(1), key(2));
    assertThat(carol.disabled()).isFalse();
  }

  @Test
  void export_ofAGroup_hasItsMembersOnly() {
    assertThat(fixture.gate(ROOT, "user export --group lab").out())
        .isEqualTo(
            """
            user,name,uid,primary group,groups,home,shell,state,keys
            bob,Bob B.,1003,,"lab,people",/home/bob,/bin/bash,enabled,
            """);
    assertThat(fixture.gate(ROOT, "user export --group lab --format ldif").out())
        .contains("dn: uid=bob,ou=people\n", "shadowExpire: -1\n", "cn: lab\n", "memberUid: bob\n")
        .doesNotContain("alice", "admins");
  }
}
