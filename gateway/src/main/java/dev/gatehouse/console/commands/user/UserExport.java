package dev.gatehouse.console.commands.user;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.PeopleFormat;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.directory.PeopleAdministration.Group;
import dev.gatehouse.directory.Person;
import dev.gatehouse.key.AuthorizedKeyLine;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.text.Plural;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

final class UserExport implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "user export",
          Access.ADMINISTRATOR,
          "Write people as CSV or LDIF, for 'user import'; passwords are not in it",
          "user export > people.csv",
          "user export --group ml --format ldif > ml.ldif");

  @Option(names = "--group", paramLabel = "GROUP", description = "Only the members of this group.")
  private Optional<GroupName> group = Optional.empty();

  @Option(names = "--format", paramLabel = "FORMAT", description = "csv, the default, or ldif.")
  private PeopleFormat format = PeopleFormat.CSV;

  @Override
  public void run(Call call) {
    group.ifPresent(call::requireGroup);
    var groups = call.services().people().groups();
    var people =
        call.services().people().keyHolders().stream()
            .filter(p -> group.isEmpty() || p.person().groups().contains(group.get()))
            .map(p -> filed(p.person(), p.keys(), groups))
            .toList();
    call.audit("user export of %s".formatted(Plural.of(people.size(), "account")));
    call.show(
        new Result.Lines(
            switch (format) {
              case CSV -> PeopleCsv.write(people);
              case LDIF -> PeopleLdif.write(people, groups);
            },
            ""));
  }

  private static FiledPerson filed(
      Person person, List<AuthorizedKeyLine> keys, List<Group> groups) {
    var cells = new EnumMap<PeopleColumn, String>(PeopleColumn.class);
    cells.put(PeopleColumn.USER, person.username().value());
    cells.put(PeopleColumn.NAME, person.displayName());
    cells.put(PeopleColumn.UID, Integer.toString(person.uidNumber()));
    groups.stream()
        .filter(g -> g.gidNumber() == person.gidNumber())
        .findFirst()
        .ifPresent(g -> cells.put(PeopleColumn.PRIMARY_GROUP, g.name().value()));
    cells.put(
        PeopleColumn.GROUPS,
        person.groups().stream().sorted().map(GroupName::value).collect(joining(",")));
    cells.put(PeopleColumn.HOME, person.homeDirectory());
    cells.put(PeopleColumn.SHELL, person.loginShell());
    cells.put(PeopleColumn.STATE, person.disabled() ? "disabled" : "enabled");
    cells.put(PeopleColumn.KEYS, keys.stream().map(AuthorizedKeyLine::line).collect(joining("\n")));
    return new FiledPerson(0, cells);
  }
}
