package dev.gatehouse.console;

import dev.gatehouse.admission.Admission;
import dev.gatehouse.directory.Person;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** All commands, by hand: what is not in {@link #GATE} does not exist. */
record CommandTable(List<Group> groups) {
  static final CommandTable GATE =
      new CommandTable(
          List.of(
              new Group(
                  "",
                  "General",
                  List.of(
                      new Entry(HelpCommand.ABOUT, HelpCommand::new),
                      new Entry(WhoAmI.ABOUT, WhoAmI::new),
                      new Entry(Passwd.ABOUT, Passwd::new),
                      new Entry(Status.ABOUT, Status::new))),
              new Group(
                  "workspace",
                  "Your workspaces",
                  List.of(
                      new Entry(WorkspaceList.ABOUT, WorkspaceList::new),
                      new Entry(WorkspaceShow.ABOUT, WorkspaceShow::new),
                      new Entry(WorkspaceStart.ABOUT, WorkspaceStart::new),
                      new Entry(WorkspaceStop.ABOUT, WorkspaceStop::new),
                      new Entry(WorkspaceCreate.ABOUT, WorkspaceCreate::new),
                      new Entry(WorkspaceDelete.ABOUT, WorkspaceDelete::new),
                      new Entry(WorkspaceKeep.ABOUT, WorkspaceKeep::new),
                      new Entry(WorkspaceType.ABOUT, WorkspaceType::new),
                      new Entry(WorkspaceLogs.ABOUT, WorkspaceLogs::new),
                      new Entry(WorkspaceEvents.ABOUT, WorkspaceEvents::new),
                      new Entry(WorkspaceTop.ABOUT, WorkspaceTop::new))),
              new Group(
                  "home",
                  "Your home, in all of your workspaces",
                  List.of(
                      new Entry(HomeShow.ABOUT, HomeShow::new),
                      new Entry(HomeDelete.ABOUT, HomeDelete::new))),
              new Group(
                  "app",
                  "What runs beside the workspaces",
                  List.of(new Entry(AppList.ABOUT, AppList::new))),
              new Group(
                  "keys",
                  "Keys",
                  List.of(
                      new Entry(KeysList.ABOUT, KeysList::new),
                      new Entry(KeysAdd.ABOUT, KeysAdd::new),
                      new Entry(KeysRemove.ABOUT, KeysRemove::new),
                      new Entry(KeysAudit.ABOUT, KeysAudit::new))),
              new Group(
                  "mfa",
                  "Your second factor",
                  List.of(
                      new Entry(MfaStatus.ABOUT, MfaStatus::new),
                      new Entry(MfaEnrol.ABOUT, MfaEnrol::new),
                      new Entry(MfaCodes.ABOUT, MfaCodes::new),
                      new Entry(MfaDisable.ABOUT, MfaDisable::new),
                      new Entry(MfaReset.ABOUT, MfaReset::new))),
              new Group(
                  "session",
                  "Connections",
                  List.of(
                      new Entry(SessionList.ABOUT, SessionList::new),
                      new Entry(SessionShow.ABOUT, SessionShow::new),
                      new Entry(SessionKill.ABOUT, SessionKill::new),
                      new Entry(SessionMessage.ABOUT, SessionMessage::new))),
              new Group(
                  "user",
                  "People",
                  List.of(
                      new Entry(UserList.ABOUT, UserList::new),
                      new Entry(UserShow.ABOUT, UserShow::new),
                      new Entry(UserAdd.ABOUT, UserAdd::new),
                      new Entry(UserEdit.ABOUT, UserEdit::new),
                      new Entry(UserRemove.ABOUT, UserRemove::new),
                      new Entry(UserDisable.ABOUT, UserDisable::new),
                      new Entry(UserEnable.ABOUT, UserEnable::new),
                      new Entry(UserImport.ABOUT, UserImport::new),
                      new Entry(UserExport.ABOUT, UserExport::new))),
              new Group(
                  "group",
                  "Groups",
                  List.of(
                      new Entry(GroupList.ABOUT, GroupList::new),
                      new Entry(GroupShow.ABOUT, GroupShow::new),
                      new Entry(GroupAdd.ABOUT, GroupAdd::new),
                      new Entry(GroupRename.ABOUT, GroupRename::new),
                      new Entry(GroupRemove.ABOUT, GroupRemove::new),
                      new Entry(GroupMembers.ABOUT, GroupMembers::new))),
              new Group(
                  "hostkey",
                  "The gateway's own keys",
                  List.of(
                      new Entry(HostKeyList.ABOUT, HostKeyList::new),
                      new Entry(HostKeyFingerprint.ABOUT, HostKeyFingerprint::new),
                      new Entry(HostKeySshfp.ABOUT, HostKeySshfp::new),
                      new Entry(HostKeyRotate.ABOUT, HostKeyRotate::new),
                      new Entry(HostKeyRetire.ABOUT, HostKeyRetire::new))),
              new Group(
                  "penalty",
                  "Sources that misbehaved",
                  List.of(
                      new Entry(PenaltyList.ABOUT, PenaltyList::new),
                      new Entry(PenaltyClear.ABOUT, PenaltyClear::new))),
              new Group("log", "The log", List.of(new Entry(LogLevel.ABOUT, LogLevel::new)))));

  record Entry(About about, Supplier<Command> make) {}

  /**
   * Commands that help shows together.
   *
   * @param word the first word of each of them; empty for commands of a single word
   */
  record Group(String word, String title, List<Entry> entries) {
    Group {
      for (var entry : entries) {
        var words = entry.about().words();
        if (words.size() != (word.isEmpty() ? 1 : 2)
            || !(word.isEmpty() || words.getFirst().equals(word))) {
          throw new IllegalArgumentException(
              "command '%s' in group '%s'".formatted(entry.about().name(), word));
        }
      }
    }
  }

  List<Entry> entries() {
    return groups.stream().flatMap(g -> g.entries().stream()).toList();
  }

  /** The command that these words begin with. */
  Optional<Entry> find(List<String> words) {
    return entries().stream()
        .filter(e -> words.size() >= e.about().words().size())
        .filter(e -> words.subList(0, e.about().words().size()).equals(e.about().words()))
        .findFirst();
  }

  Optional<Group> group(String word) {
    return groups.stream().filter(g -> !word.isEmpty() && g.word().equals(word)).findFirst();
  }

  /** What this person may run: help, completion and suggestions are made from it. */
  CommandTable visibleTo(Person person, Admission admission) {
    return new CommandTable(
        groups.stream()
            .map(g -> new Group(g.word(), g.title(), permitted(g, person, admission)))
            .filter(g -> !g.entries().isEmpty())
            .toList());
  }

  private static List<Entry> permitted(Group group, Person person, Admission admission) {
    return group.entries().stream()
        .filter(e -> e.about().access().refusal(admission, person).isEmpty())
        .toList();
  }
}
