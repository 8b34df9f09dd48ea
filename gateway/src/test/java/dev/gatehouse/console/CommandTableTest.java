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
            "workspace stop: ANYBODY");
  }

  @ParameterizedTest
  @MethodSource("withAdministrators")
  void run_asOrdinaryPerson_isAsItsAccessSays(CommandTable.Entry entry) {
    var expected = entry.about().access() == Access.ANYBODY ? 0 : 77;
    assertThat(exit(entry, ALICE)).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("withAdministrators")
  void run_asAdministrator_isAllowed(CommandTable.Entry entry) {
    assertThat(exit(entry, ROOT)).isZero();
  }

  @ParameterizedTest
  @MethodSource("withAdministrators")
  void run_asDisabledPerson_isRefused(CommandTable.Entry entry) {
    assertThat(exit(entry, MALLORY)).isEqualTo(77);
  }

  @ParameterizedTest
  @MethodSource("withAdministrators")
  void about_examples_canBeParsed(CommandTable.Entry entry) {
    assertThat(entry.about().summary()).isNotEmpty().doesNotEndWith(".");
    assertThat(entry.about().examples()).isNotEmpty();
    for (var example : entry.about().examples()) {
      var words = Words.split(example);
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
    return fixture.gate(person, entry.about().name()).exit();
  }
}
