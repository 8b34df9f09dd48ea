package dev.gatehouse.console.commands.cluster;

import static dev.gatehouse.console.ConsoleFixture.ALICE;
import static dev.gatehouse.console.ConsoleFixture.BOB;
import static dev.gatehouse.console.ConsoleFixture.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.revisions.Author;
import dev.gatehouse.console.ConsoleFixture;
import dev.gatehouse.console.ConsoleFixture.Outcome;
import dev.gatehouse.console.OperatorStatus;
import dev.gatehouse.testkit.LogLines;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What administrators do with the definition, from a script. */
final class ClusterCommandsTest {
  private static final String TEXT =
      """
      # Who reads this has root's job.
      gateway: {name: example.com}
      directory:
        administrators: admins

      machineTypes:
        small:
          cpu: 1        # enough
        gpu: {gpus: 1, groups: [people]}
      workspaces:
        defaultType: small
      """;

  private final ConsoleFixture fixture = new ConsoleFixture().definedAs(TEXT);

  private Outcome gate(String line) {
    return fixture.gate(ROOT, line);
  }

  private String text() {
    return fixture.definitions.current().text();
  }

  // ---- show ----

  @Test
  void show_inAPipe_isExactlyTheText() {
    fixture.definedAs(TEXT.replace("\n", "\r\n") + "# \t no end of line: ü");
    assertThat(gate("cluster show")).isEqualTo(new Outcome(0, text(), ""));
  }

  @Test
  void show_json_isWhatTheTextSays() {
    assertThat(gate("cluster show --json").out())
        .contains("\"administrators\" : \"admins\"", "\"cpu\" : 1")
        .doesNotContain("enough");
  }

  @Test
  void show_key_isItsValue() {
    assertThat(gate("cluster show machineTypes.gpu --json").out())
        .isEqualToIgnoringWhitespace("{\"gpus\": 1, \"groups\": [\"people\"]}");
    assertThat(gate("cluster show gateway.name --json").out()).isEqualTo("\"example.com\"\n");
  }

  @Test
  void show_keyThatIsNotThere_saysSo() {
    var outcome = gate("cluster show gateway.motd");
    assertThat(outcome.exit()).isEqualTo(65);
    assertThat(outcome.err()).contains("gateway.motd");
  }

  // ---- set and unset ----

  @Test
  void set_oneKey_changesThatAndNothingElse() {
    var outcome = gate("cluster set machineTypes.small.cpu 2 -m 'more students'");
    assertThat(outcome.exit()).as(outcome.err()).isZero();
    assertThat(outcome.out()).isEqualTo("Revision 2 is in force.\n");
    assertThat(text()).isEqualTo(TEXT.replace("cpu: 1 ", "cpu: 2 "));
    assertThat(fixture.definitions.current().author())
        .isEqualTo(new Author("root", "ssh from 192.0.2.77", Optional.of("more students")));
  }

  @Test
  void unset_key_takesItsDefault() {
    assertThat(gate("cluster unset machineTypes.gpu.groups").exit()).isZero();
    assertThat(text()).isEqualTo(TEXT.replace("gpus: 1, groups: [people]", "gpus: 1"));
  }

  @Test
  void set_sameValue_makesNoRevision() {
    assertThat(gate("cluster set machineTypes.small.cpu 1").out())
        .isEqualTo("Nothing changes: revision 1 says so already.\n");
    assertThat(fixture.definitions.history()).hasSize(1);
  }

  @Test
  void set_mistake_namesThePlaceInTheNewTextAndChangesNothing() {
    var outcome = gate("cluster set machineTypes.small.cpu many");
    assertThat(outcome.exit()).isEqualTo(65);
    assertThat(outcome.err())
        .contains("gate: cluster.yaml:8:10: ", "gate: nothing was changed")
        .doesNotContain("Exception");
    assertThat(text()).isEqualTo(TEXT);
  }

  @Test
  void set_change_isInTheLog() {
    try (var log = LogLines.ofThisThread()) {
      gate("cluster set workspaces.perPerson 5");
      assertThat(log.all())
          .contains(
              "[admin] root: cluster set workspaces.perPerson 5: revision 2 of the definition");
    }
  }

  @Test
  void set_json_tellsRevisionAndFields() {
    assertThat(gate("cluster set workspaces.perPerson 5 --json").out())
        .contains(
            "\"revision\" : 2",
            "\"changed\" : true",
            "\"inForce\" : true",
            "\"field\" : \"workspaces.perPerson\"",
            "\"after\" : \"5\"");
  }

  @Test
  void set_keyThatNeedsARestart_isNamed() {
    fixture.restartNeeded = List.of("gateway.port");
    assertThat(gate("cluster set gateway.port 2022").out())
        .isEqualTo(
            "Revision 2 is in force. Only a restart of the gateway brings this into force:"
                + " gateway.port. Restart 'gatehouse try', or 'gatehouse serve' outside of a"
                + " cluster.\n");
    fixture.operator = Optional.of(new ScriptedOperator(part("applied", "")));
    assertThat(gate("cluster set gateway.port 2023").out())
        .endsWith(
            "into force: gateway.port. The operator replaces the gateways one by one, and open"
                + " sessions are told: 'gate cluster apply --status' shows how far it is.\n");
  }

  @Test
  void set_whatTheOperatorMakes_saysSo_andWhatItMayNot_isWarnedOf() {
    assertThat(gate("cluster set gateway.cpu 2").out()).isEqualTo("Revision 2 is in force.\n");
    fixture.operator = Optional.of(new ScriptedOperator(part("applied", "")));

    assertThat(gate("cluster set gateway.cpu 3").out())
        .isEqualTo(
            "Revision 3 is in force. The operator changes the cluster to it: 'gate cluster apply"
                + " --status' shows how far it is.\n");
    assertThat(gate("cluster set machineTypes.small.cpu 3").out())
        .isEqualTo("Revision 4 is in force.\n");
    assertThat(gate("cluster set gateway.replicas 4").err()).isEmpty();
    assertThat(gate("cluster set kubernetes.quota.pods 300").err())
        .isEqualTo(
            "warning: the operator may not make all of this so: somebody with credentials of the"
                + " cluster runs 'gatehouse apply'\n");
  }

  @Test
  void set_groupThatTheDirectoryLacks_isWarnedOf() {
    var outcome = gate("cluster set machineTypes.small.groups '[people, astronomers]'");
    assertThat(outcome.exit()).isZero();
    assertThat(outcome.err())
        .isEqualTo(
            "warning: there is no group astronomers in the directory: 'gate group add astronomers'"
                + " makes it\n");
  }

  // ---- what ends somebody's work ----

  @Test
  void set_endsSessions_needsYes() {
    fixture.gateway.connect(1, ALICE, "c");
    fixture.gateway.connect(2, ALICE, "c");
    fixture.gateway.connect(3, BOB, "c");
    fixture.gateway.ending = "methods";
    var line = "cluster set login.methods '[password]'".replace("password", "keyboard-interactive");
    var outcome = gate(line);
    assertThat(outcome.exit()).isEqualTo(64);
    assertThat(outcome.err())
        .isEqualTo("gate: This ends 3 sessions (alice, bob). Go on? If you mean it, add --yes\n");
    assertThat(text()).isEqualTo(TEXT);
    assertThat(gate(line + " --yes").exit()).isZero();
  }

  @Test
  void plan_key_tellsWhatWouldHappenAndChangesNothing() {
    fixture.withWorkspace(ALICE, "gpu", "gpu", State.RUNNING);
    var outcome = gate("cluster plan machineTypes.gpu.gpus 2");
    assertThat(outcome.out())
        .isEqualTo(
            """
            base\t1
            effects\t1 workspace gets it at its next start
            warnings\t-
            changes\t~\tmachineTypes.gpu.gpus\t1\t2
            """);
    assertThat(outcome.exit()).isZero();
    assertThat(fixture.definitions.history()).hasSize(1);
  }

  @Test
  void plan_wholeText_comesFromStdin() {
    var outcome = fixture.gate(ROOT, "cluster plan --json", TEXT.replace("cpu: 1", "cpu: 3"));
    assertThat(outcome.out()).contains("machineTypes.small.cpu").contains("\"after\" : \"3\"");
    assertThat(fixture.gate(ROOT, "cluster plan", "gateway: {prt: 1}\n").err())
        .contains("cluster.yaml:1:11: ");
  }

  // ---- edit from a script ----

  @Test
  void edit_shownText_changesNothing() {
    assertThat(fixture.gate(ROOT, "cluster edit", gate("cluster show").out()).out())
        .isEqualTo("Nothing changes: revision 1 says so already.\n");
  }

  @Test
  void edit_newText_becomesTheDefinitionDownToTheLastCharacter() {
    var wanted = "\ufeff" + TEXT.replace("\n", "\r\n") + "# no end";
    wanted = wanted.substring(1);
    assertThat(fixture.gate(ROOT, "cluster edit -m 'from git'", wanted).exit()).isZero();
    assertThat(text()).isEqualTo(wanted);
    assertThat(fixture.definition.machineTypes()).hasSize(2);
  }

  @Test
  void edit_withMistakes_tellsAllOfThemAndChangesNothing() {
    var outcome =
        fixture.gate(ROOT, "cluster edit", "gateway: {prt: 1}\nmachineTypes: {x: {cpu: many}}\n");
    assertThat(outcome.exit()).isEqualTo(65);
    assertThat(outcome.err())
        .contains("cluster.yaml:1:11: ", "cluster.yaml:2:25: ", "nothing was changed");
    assertThat(text()).isEqualTo(TEXT);
  }

  @Test
  void edit_withoutText_saysHowToEdit() {
    assertThat(gate("cluster edit").err()).contains("ssh -t HOST gate cluster edit");
    assertThat(gate("cluster edit").exit()).isEqualTo(64);
  }

  @Test
  void edit_ofAnOlderRevision_isRefused() {
    gate("cluster set workspaces.perPerson 5");
    var outcome = fixture.gate(ROOT, "cluster edit --revision 1", TEXT + "# mine\n");
    assertThat(outcome.exit()).isEqualTo(69);
    assertThat(outcome.err()).contains("root changed the definition", "(definition-conflict)");
    assertThat(text()).doesNotContain("mine");
    assertThat(fixture.gate(ROOT, "cluster edit --revision 2", TEXT + "# mine\n").exit()).isZero();
  }

  @Test
  void edit_brokenText_canBeMended() {
    fixture.definitions.change(1, "gateway: [\n", new Author("eve", "vi", Optional.empty()));
    assertThat(gate("cluster set workspaces.perPerson 5").exit()).isEqualTo(65);
    assertThat(fixture.gate(ROOT, "cluster edit", TEXT).out())
        .isEqualTo("Revision 3 is in force.\n");
  }

  /** A site whose definition comes from git. */
  @Test
  void change_readOnlyDefinition_isRefusedWithItsWords() {
    var text = TEXT + "definition: {readOnly: 'it comes from git.example.com/site'}\n";
    fixture.definitions.change(1, text, new Author("eve", "git", Optional.empty()));
    for (var line :
        new String[] {
          "cluster set workspaces.perPerson 5",
          "cluster unset definition.readOnly",
          "cluster revert 1",
          "type add big",
          "type edit gpu --gpus 2",
          "type remove gpu --yes",
          "app expose a --port 1"
        }) {
      assertThat(gate(line))
          .isEqualTo(
              new Outcome(
                  77, "", "gate: it comes from git.example.com/site (definition-read-only)\n"));
    }
    assertThat(fixture.gate(ROOT, "cluster edit", TEXT).exit()).isEqualTo(77);
    assertThat(fixture.definitions.current().number()).isEqualTo(2);
    assertThat(gate("cluster show").exit()).isZero();
  }

  // ---- diff, history, revert ----

  @Test
  void diff_withoutNumbers_isTheLastChange() {
    gate("cluster set machineTypes.small.cpu 2");
    assertThat(gate("cluster diff").out())
        .startsWith(
            """
            --- cluster.yaml (revision 1, root)
            +++ cluster.yaml (revision 2, root)
            @@ -5,7 +5,7 @@
            """)
        .contains("-    cpu: 1        # enough\n+    cpu: 2        # enough\n");
  }

  @Test
  void diff_twoNumbers_areThose() {
    gate("cluster set machineTypes.small.cpu 2");
    gate("cluster set machineTypes.small.cpu 3");
    assertThat(gate("cluster diff 1").out()).contains("+    cpu: 3");
    assertThat(gate("cluster diff 2 1").out()).contains("-    cpu: 2", "+    cpu: 1");
    assertThat(gate("cluster diff 3").out()).isEmpty();
    assertThat(gate("cluster diff 9").err()).contains("there is no revision 9; 1 to 3 are kept");
    assertThat(gate("cluster diff x").exit()).isEqualTo(64);
  }

  @Test
  void history_changes_areListedWithWhoAndWhy() {
    gate("cluster set machineTypes.small.cpu 2 -m 'more students'");
    assertThat(gate("cluster history").out())
        .isEqualTo(
            """
            2\t2026-11-24T10:00:00Z\troot\tssh from 192.0.2.77\tmore students
            1\t2026-11-24T10:00:00Z\troot\tgatehouse apply\t-
            """);
  }

  @Test
  void revert_revision_makesItsTextANewOne() {
    gate("cluster set machineTypes.small.cpu 2");
    assertThat(gate("cluster revert 1").out()).isEqualTo("Revision 3 is in force.\n");
    assertThat(text()).isEqualTo(TEXT);
    assertThat(fixture.definitions.current().author().why()).contains("revert to revision 1");
    assertThat(gate("cluster revert 7").exit()).isEqualTo(65);
  }

  // ---- apply ----

  @Test
  void apply_withoutCluster_saysSo() {
    var outcome = gate("cluster apply");
    assertThat(outcome.exit()).isEqualTo(69);
    assertThat(outcome.err()).contains("there is no cluster here", "(no-cluster)");
  }

  @Test
  void apply_withOperator_asksItAndShowsItsReport() {
    var operator =
        new ScriptedOperator(
            part("failed", "the image cannot be pulled (rollout-stuck)"),
            part("applying", "1 of 2 pods are ready"),
            part("applying", "2 of 2 pods are ready"),
            part("applied", ""));
    fixture.operator = Optional.of(operator);
    var outcome = gate("cluster apply");
    assertThat(outcome.out())
        .isEqualTo(
            """
            revision\t1
            seen by the operator\t1
            reported\t2026-11-24T09:59:00Z
            parts\tgatehouse\tapplied\t-
            """);
    assertThat(outcome.err())
        .isEqualTo(
            """
            gatehouse applying: 1 of 2 pods are ready
            gatehouse applying: 2 of 2 pods are ready
            gatehouse applied
            """);
    assertThat(operator.asked).isEqualTo(1);
    assertThat(gate("cluster apply --status").err()).isEmpty();
    assertThat(operator.asked).isEqualTo(1);
  }

  @Test
  void apply_aPartIsNotDone_fails_andNamesIt() {
    fixture.operator =
        Optional.of(
            new ScriptedOperator(
                part("applying", "1 of 2 new"), part("waiting", "pools.gpu.max is beyond 8")));
    var outcome = gate("cluster apply");
    assertThat(outcome.exit()).isEqualTo(69);
    assertThat(outcome.out()).contains("parts\tgatehouse\twaiting\tpools.gpu.max is beyond 8");
    assertThat(outcome.err()).endsWith("gatehouse is waiting (apply-incomplete)\n");
    assertThat(gate("cluster apply --status").exit()).isZero();
  }

  @Test
  void apply_operatorIsSilent_saysSo() {
    var operator = new ScriptedOperator(part("applied", ""));
    operator.isSilent = true;
    fixture.operator = Optional.of(operator);
    var now = new AtomicReference<>(ScriptedOperator.SINCE);
    fixture.clock = () -> now.updateAndGet(at -> at.plusSeconds(50));
    var outcome = gate("cluster apply");
    assertThat(outcome.exit()).isEqualTo(69);
    assertThat(outcome.err()).contains("(operator-silent)");
  }

  private static OperatorStatus.Part part(String state, String message) {
    return new OperatorStatus.Part("gatehouse", state, ScriptedOperator.SINCE, message);
  }
}
