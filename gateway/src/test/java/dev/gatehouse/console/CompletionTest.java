package dev.gatehouse.console;

import static dev.gatehouse.console.ConsoleFixture.ALICE;
import static dev.gatehouse.console.ConsoleFixture.BOB;
import static dev.gatehouse.console.ConsoleFixture.ROOT;
import static dev.gatehouse.console.ConsoleFixture.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.directory.Person;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import java.util.ArrayList;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Parser;
import org.jline.reader.impl.DefaultParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What TAB offers, and to whom. */
final class CompletionTest {
  private final ConsoleFixture fixture = new ConsoleFixture().withKeys();

  @BeforeEach
  void fill() {
    fixture.gateway.connect(7, ALICE, "c");
    fixture.gateway.connect(8, BOB, "c");
    fixture.gateway.connect(9, ROOT, "c");
    fixture.gateway.penalise("192.0.2.7", ConsoleFixture.NOW);
    fixture.gateway.penalise("2001:db8:1::", ConsoleFixture.NOW);
  }

  /** At the end of the line. */
  private List<String> tab(Person person, String line) {
    var services = fixture.services();
    var completer =
        new ShellCompleter(
            fixture.table.visibleTo(person, services.admission()), new Viewer(person, services));
    var candidates = new ArrayList<Candidate>();
    completer.complete(
        null,
        new DefaultParser().parse(line, line.length(), Parser.ParseContext.COMPLETE),
        candidates);
    return candidates.stream().map(Candidate::value).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user show ",
        "user disable ",
        "group members ml --add ",
        "group members ml --add bob --remove ",
        "group add data ",
        "keys list --user ",
        "session kill --user "
      })
  void people_asAdministrator_areOffered(String line) {
    assertThat(tab(ROOT, line)).contains("alice", "bob", "mallory", "root");
  }

  @ParameterizedTest
  @ValueSource(strings = {"user show ", "keys list --user ", "keys remove --user ", "group show "})
  void peopleAndGroups_asOrdinaryPerson_areNotOffered(String line) {
    assertThat(tab(ALICE, line)).doesNotContain("bob", "mallory", "lab", "admins");
  }

  @ParameterizedTest
  @ValueSource(strings = {"group show ", "group members ", "user add carol --group "})
  void groups_asAdministrator_areOffered(String line) {
    assertThat(tab(ROOT, line)).contains("admins", "lab");
  }

  @Test
  void sessions_areThoseOneSees() {
    assertThat(tab(ROOT, "session show ")).containsExactly("7", "8", "9");
    assertThat(tab(ALICE, "session kill ")).containsExactly("7");
  }

  @Test
  void keys_areOnesOwnOrTheNamedPersons() {
    assertThat(tab(ALICE, "keys remove "))
        .contains(key(ALICE.uidNumber()).fingerprint())
        .hasSize(1);
    assertThat(tab(ROOT, "keys remove --user bob "))
        .contains(key(BOB.uidNumber()).fingerprint())
        .hasSize(1);
    assertThat(tab(ALICE, "keys remove --user bob "))
        .doesNotContain(key(BOB.uidNumber()).fingerprint());
  }

  @ParameterizedTest
  @CsvSource({"log level , debug", "penalty clear , 192.0.2.7", "penalty clear , 2001:db8:1::"})
  void fixedAndLiveValues_asAdministrator_areOffered(String line, String value) {
    assertThat(tab(ROOT, line + " ")).contains(value);
  }

  @Test
  void workspaces_areOnesOwnOrTheNamedPersons() {
    fixture.withWorkspace(ALICE, "a1", "small", State.RUNNING);
    fixture.withWorkspace(BOB, "b1", "small", State.RUNNING);
    assertThat(tab(ALICE, "workspace delete ")).containsExactly("a1");
    assertThat(tab(ALICE, "workspace start ")).containsExactly("a1", "main", "gpu", "small");
    assertThat(tab(ALICE, "workspace keep ")).containsExactly("12h", "2d", "until", "off", "a1");
    assertThat(tab(ROOT, "workspace delete --user bob ")).containsExactly("b1");
    assertThat(tab(ALICE, "workspace delete --user bob ")).isEmpty();
  }

  @Test
  void machineTypes_areThoseThatTheOwnerMayUse() {
    assertThat(tab(ALICE, "workspace type main ")).containsExactly("gpu", "small");
    assertThat(tab(ROOT, "workspace create x --type ")).containsExactly("gpu", "secret", "small");
    assertThat(tab(ROOT, "workspace create x --user bob --type ")).containsExactly("gpu", "small");
  }

  @Test
  void keysOfTheDefinition_asAdministrator_areOffered() {
    fixture.definedAs(
        """
        directory: {administrators: admins}
        machineTypes:
          standard: {nodeSelector: {example.com/pool: a}}
        apps: {web: {ports: [80]}}
        """);
    assertThat(tab(ROOT, "cluster set "))
        .contains(
            "machineTypes.standard",
            "machineTypes.standard.nodeSelector.\"example.com/pool\"",
            "apps.web.ports");
    assertThat(tab(ROOT, "type edit ")).containsExactly("standard");
    assertThat(tab(ROOT, "app hide ")).containsExactly("web");
    assertThat(tab(ROOT, "cluster revert ")).containsExactly("1");
    assertThat(tab(ALICE, "cluster set ")).isEmpty();
    assertThat(tab(ALICE, "app hide ")).isEmpty();
  }

  /** TAB is of use while one mends it. */
  @Test
  void keysOfTheDefinition_whileItIsBroken_areNone() {
    fixture.definitions.change(1, "a: [", fixture.definitions.current().author());
    assertThat(tab(ROOT, "cluster set ")).isEmpty();
  }

  /** Whoever administers a machine type need not be allowed to use it. */
  @Test
  void machineTypes_toAdministrate_areAll() {
    fixture.definedAs(
        "machineTypes: {standard: {}, gpu: {groups: [ml]}}\ndirectory: {administrators: admins}\n");
    assertThat(tab(ROOT, "type show ")).containsExactly("gpu", "standard");
  }

  @Test
  void options_forAdministrators_areOfferedToThemAlone() {
    assertThat(tab(ROOT, "keys list --")).contains("--user");
    assertThat(tab(ALICE, "keys list --")).contains("--json").doesNotContain("--user");
  }
}
