package dev.gatehouse.console;

import static dev.gatehouse.console.ConsoleFixture.ALICE;
import static dev.gatehouse.console.ConsoleFixture.MALLORY;
import static dev.gatehouse.console.ConsoleFixture.ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pins which commands there are and who may run them: a change here is a decision. */
final class CommandTableTest {
  private final ConsoleFixture fixture = new ConsoleFixture();

  private static List<CommandTable.Entry> withAdministrators() {
    return Stream.concat(CommandTable.GATE.entries().stream(), AdminProbe.TABLE.entries().stream())
        .distinct()
        .toList();
  }

  @Test
  void list_all_isThis() {
    assertThat(CommandTable.GATE.entries())
        .extracting(e -> e.about().name() + ": " + e.about().access())
        .containsExactly(
            "help: ANYBODY",
            "whoami: ANYBODY",
            "status: ANYBODY",
            "workspace list: ANYBODY",
            "workspace show: ANYBODY",
            "workspace start: ANYBODY",
            "workspace stop: ANYBODY",
            "keys list: ANYBODY",
            "keys add: ANYBODY",
            "keys remove: ANYBODY",
            "session list: ANYBODY",
            "session show: ANYBODY",
            "session kill: ANYBODY",
            "session message: ADMINISTRATOR",
            "user list: ADMINISTRATOR",
            "user show: ADMINISTRATOR",
            "user add: ADMINISTRATOR",
            "user remove: ADMINISTRATOR",
            "user disable: ADMINISTRATOR",
            "user enable: ADMINISTRATOR",
            "group list: ADMINISTRATOR",
            "group show: ADMINISTRATOR",
            "group add: ADMINISTRATOR",
            "group remove: ADMINISTRATOR",
            "group members: ADMINISTRATOR",
            "hostkey list: ANYBODY",
            "hostkey fingerprint: ANYBODY",
            "hostkey sshfp: ADMINISTRATOR",
            "hostkey rotate: ADMINISTRATOR",
            "hostkey retire: ADMINISTRATOR",
            "penalty list: ADMINISTRATOR",
            "penalty clear: ADMINISTRATOR",
            "log level: ADMINISTRATOR");
  }

  @ParameterizedTest
  @MethodSource("withAdministrators")
  void run_asOrdinaryPerson_isAsItsAccessSays(CommandTable.Entry entry) {
    if (entry.about().access() == Access.ANYBODY) {
      assertThat(exit(entry, ALICE)).isNotEqualTo(77);
    } else {
      assertThat(exit(entry, ALICE)).isEqualTo(77);
    }
  }

  @ParameterizedTest
  @MethodSource("withAdministrators")
  void run_asAdministrator_isAllowed(CommandTable.Entry entry) {
    assertThat(exit(entry, ROOT)).isNotIn(77, 70);
  }

  @ParameterizedTest
  @MethodSource("withAdministrators")
  void run_asDisabledPerson_isRefused(CommandTable.Entry entry) {
    assertThat(exit(entry, MALLORY)).isEqualTo(77);
  }

  /** What a command that everybody may use does for administrators only. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "status --limits",
        "keys list --user root",
        "keys add --user root ssh-ed25519 AAAA",
        "keys remove --user root SHA256:x",
        "session kill --user root"
      })
  void run_optionForAdministrators_isRefusedToOthers(String line) {
    assertThat(fixture.gate(ALICE, line).exit()).isEqualTo(77);
    assertThat(fixture.gate(ROOT, line).exit()).isNotEqualTo(77);
    assertThat(fixture.gate(MALLORY, line).exit()).isEqualTo(77);
  }

  @ParameterizedTest
  @MethodSource("withAdministrators")
  void about_examples_canBeParsed(CommandTable.Entry entry) {
    assertThat(entry.about().summary()).isNotEmpty().doesNotEndWith(".");
    assertThat(entry.about().examples()).isNotEmpty();
    for (var example : entry.about().examples()) {
      var words = Words.split(example.replaceFirst(" <.*", ""));
      assertThat(AdminProbe.TABLE.find(words)).contains(entry);
      new Arguments(entry).parse(words.subList(entry.about().words().size(), words.size()));
    }
  }

  @Test
  void group_commandOfAnotherWord_isRefused() {
    var entries = List.of(new CommandTable.Entry(WorkspaceList.ABOUT, WorkspaceList::new));
    assertThatThrownBy(() -> new CommandTable.Group("user", "People", entries))
        .hasMessageContaining("workspace list");
  }

  private int exit(CommandTable.Entry entry, dev.gatehouse.directory.Person person) {
    fixture.table = AdminProbe.TABLE;
    fixture.workspaces.startsAtOnce = true;
    return fixture.gate(person, entry.about().examples().getFirst()).exit();
  }
}
