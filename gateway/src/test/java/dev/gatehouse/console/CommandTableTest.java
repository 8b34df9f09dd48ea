package dev.gatehouse.console;

import static dev.gatehouse.console.ConsoleFixture.ALICE;
import static dev.gatehouse.console.ConsoleFixture.MALLORY;
import static dev.gatehouse.console.ConsoleFixture.ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.console.commands.GateCommands;
import dev.gatehouse.console.commands.workspace.WorkspaceList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pins which commands there are and who may run them: a change here is a decision. */
final class CommandTableTest {
  private final ConsoleFixture fixture = new ConsoleFixture();

  private static List<CommandTable.Entry> withAdministrators() {
    return Stream.concat(GateCommands.TABLE.entries().stream(), AdminProbe.TABLE.entries().stream())
        .distinct()
        .toList();
  }

  @Test
  void list_all_isThis() {
    assertThat(GateCommands.TABLE.entries())
        .extracting(CommandTableTest::access)
        .containsExactly(
            "help: ANYBODY",
            "whoami: ANYBODY",
            "passwd: ANYBODY, --user ADMINISTRATOR",
            "status: ANYBODY, --limits ADMINISTRATOR",
            "top: ADMINISTRATOR",
            "events: ADMINISTRATOR",
            "doctor: ADMINISTRATOR",
            "cost: ANYBODY, --user ADMINISTRATOR",
            "workspace list: ANYBODY, --all ADMINISTRATOR, --user ADMINISTRATOR",
            "workspace show: ANYBODY, --user ADMINISTRATOR",
            "workspace start: ANYBODY, --user ADMINISTRATOR",
            "workspace stop: ANYBODY, --user ADMINISTRATOR",
            "workspace create: ANYBODY, --user ADMINISTRATOR",
            "workspace delete: ANYBODY, --user ADMINISTRATOR",
            "workspace keep: ANYBODY, --user ADMINISTRATOR",
            "workspace type: ANYBODY, --user ADMINISTRATOR",
            "workspace logs: ANYBODY, --user ADMINISTRATOR",
            "workspace events: ANYBODY, --user ADMINISTRATOR",
            "workspace top: ANYBODY, --all ADMINISTRATOR, --user ADMINISTRATOR",
            "home show: ANYBODY, --user ADMINISTRATOR",
            "home delete: ANYBODY, --user ADMINISTRATOR",
            "service list: ANYBODY, --user ADMINISTRATOR",
            "service open: ANYBODY",
            "service start: ANYBODY",
            "service stop: ANYBODY, --user ADMINISTRATOR",
            "service restart: ANYBODY",
            "service logs: ANYBODY",
            "app list: ANYBODY",
            "app expose: ADMINISTRATOR",
            "app hide: ADMINISTRATOR",
            "keys list: ANYBODY, --user ADMINISTRATOR",
            "keys add: ANYBODY, --user ADMINISTRATOR",
            "keys remove: ANYBODY, --user ADMINISTRATOR",
            "keys audit: ADMINISTRATOR",
            "mfa status: ANYBODY, --user ADMINISTRATOR",
            "mfa enrol: ANYBODY",
            "mfa codes: ANYBODY",
            "mfa disable: ANYBODY",
            "mfa reset: ADMINISTRATOR",
            "session list: ANYBODY",
            "session show: ANYBODY",
            "session kill: ANYBODY, --user ADMINISTRATOR",
            "session message: ADMINISTRATOR",
            "user list: ADMINISTRATOR",
            "user show: ADMINISTRATOR",
            "user add: ADMINISTRATOR",
            "user edit: ADMINISTRATOR",
            "user remove: ADMINISTRATOR",
            "user disable: ADMINISTRATOR",
            "user enable: ADMINISTRATOR",
            "user import: ADMINISTRATOR",
            "user export: ADMINISTRATOR",
            "group list: ADMINISTRATOR",
            "group show: ADMINISTRATOR",
            "group add: ADMINISTRATOR",
            "group rename: ADMINISTRATOR",
            "group remove: ADMINISTRATOR",
            "group members: ADMINISTRATOR",
            "cluster show: ADMINISTRATOR",
            "cluster set: ADMINISTRATOR",
            "cluster unset: ADMINISTRATOR",
            "cluster edit: ADMINISTRATOR",
            "cluster plan: ADMINISTRATOR",
            "cluster diff: ADMINISTRATOR",
            "cluster history: ADMINISTRATOR",
            "cluster revert: ADMINISTRATOR",
            "cluster apply: ADMINISTRATOR",
            "type list: ADMINISTRATOR",
            "type show: ADMINISTRATOR",
            "type add: ADMINISTRATOR",
            "type edit: ADMINISTRATOR",
            "type remove: ADMINISTRATOR",
            "node list: ADMINISTRATOR",
            "node show: ADMINISTRATOR",
            "node cordon: ADMINISTRATOR",
            "node uncordon: ADMINISTRATOR",
            "node drain: ADMINISTRATOR",
            "node events: ADMINISTRATOR",
            "pool list: ADMINISTRATOR",
            "pool show: ADMINISTRATOR",
            "pool scale: ADMINISTRATOR",
            "pool add: ADMINISTRATOR",
            "pool edit: ADMINISTRATOR",
            "pool remove: ADMINISTRATOR",
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
    if (entry.commandInfo().access() == Access.ANYBODY) {
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
        "passwd --user root",
        "workspace list --user root",
        "workspace list --all",
        "workspace show --user root",
        "workspace start --user root",
        "workspace stop --user root",
        "workspace keep main 12h --user root",
        "workspace top --user root",
        "workspace top --all",
        "workspace events main --user root",
        "workspace logs main --user root",
        "workspace create gpu --user root",
        "workspace type main gpu --user root",
        "workspace delete main --user root",
        "home show --user root",
        "home delete --user root --yes",
        "mfa status --user root",
        "keys list --user root",
        "keys add --user root ssh-ed25519 AAAA",
        "keys remove --user root SHA256:x",
        "session kill --user root"
      })
  void run_optionForAdministrators_isRefusedToOthers(String line) {
    fixture.workspaces.startsAtOnce = true;
    assertThat(fixture.gate(ALICE, line).exit()).isEqualTo(77);
    assertThat(fixture.gate(ROOT, line).exit()).isNotEqualTo(77);
    assertThat(fixture.gate(MALLORY, line).exit()).isEqualTo(77);
  }

  /** Otherwise the matrix above would miss it. */
  @ParameterizedTest
  @MethodSource("withAdministrators")
  void help_optionForAdministrators_isHiddenFromOthers(CommandTable.Entry entry) {
    fixture.table = AdminProbe.TABLE;
    var options = entry.commandInfo().options().keySet();
    var page = "help " + entry.commandInfo().name();
    assertThat(options).allMatch(o -> fixture.gate(ROOT, page).out().contains("  " + o));
    var optionsAndExamples =
        fixture.gate(ALICE, page).out().lines().filter(l -> l.startsWith("  "));
    assertThat(optionsAndExamples).noneMatch(l -> options.stream().anyMatch(l::contains));
    assertThat(options)
        .allMatch(o -> entry.commandInfo().examples().stream().anyMatch(e -> e.contains(o)));
  }

  @ParameterizedTest
  @MethodSource("withAdministrators")
  void about_examples_canBeParsed(CommandTable.Entry entry) {
    assertThat(entry.commandInfo().summary()).isNotEmpty().doesNotEndWith(".");
    assertThat(entry.commandInfo().examples()).isNotEmpty();
    for (var example : entry.commandInfo().examples()) {
      var words = Words.split(example.replaceFirst(" [<>].*", ""));
      assertThat(AdminProbe.TABLE.find(words)).contains(entry);
      new Arguments(entry).parse(words.subList(entry.commandInfo().words().size(), words.size()));
    }
  }

  @Test
  void group_commandOfAnotherWord_isRefused() {
    var entries = List.of(new CommandTable.Entry(WorkspaceList.ABOUT, WorkspaceList::new));
    assertThatThrownBy(() -> new CommandTable.Group("user", "People", entries))
        .hasMessageContaining("workspace list");
  }

  private static String access(CommandTable.Entry entry) {
    var text = new StringBuilder(entry.commandInfo().name() + ": " + entry.commandInfo().access());
    new TreeMap<>(entry.commandInfo().options())
        .forEach((o, access) -> text.append(", %s %s".formatted(o, access)));
    return text.toString();
  }

  private int exit(CommandTable.Entry entry, dev.gatehouse.directory.Person person) {
    fixture.table = AdminProbe.TABLE;
    fixture.workspaces.startsAtOnce = true;
    return fixture.gate(person, entry.commandInfo().examples().getFirst()).exit();
  }
}
