package dev.gatehouse.console;

import dev.gatehouse.directory.PeopleAdministration.Group;
import dev.gatehouse.directory.Person;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import dev.gatehouse.name.WorkspaceName;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;

/**
 * The types that options and parameters may have beyond picocli's own, by hand: how a word becomes
 * one, and which words TAB offers for it.
 */
final class ArgumentTypes {
  private record ArgumentType<T>(
      Class<T> type, ITypeConverter<T> parse, Function<OwnWorkspaces, Stream<?>> known) {}

  private static final List<ArgumentType<?>> ALL =
      List.of(
          new ArgumentType<>(
              WorkspaceName.class, WorkspaceName::new, ArgumentTypes::workspaceNames),
          new ArgumentType<>(Username.class, Username::new, ArgumentTypes::usernames),
          new ArgumentType<>(GroupName.class, GroupName::new, ArgumentTypes::groupNames),
          new ArgumentType<>(
              SessionNumber.class, SessionNumber::parse, ArgumentTypes::sessionNumbers));

  private ArgumentTypes() {}

  static void register(CommandLine parser) {
    ALL.forEach(t -> register(parser, t));
  }

  private static <T> void register(CommandLine parser, ArgumentType<T> type) {
    parser.registerConverter(type.type, type.parse);
  }

  /** Live values for completion. */
  static List<String> candidates(ArgSpec argument, OwnWorkspaces mine) {
    return ALL.stream()
        .filter(t -> t.type.equals(argument.type()))
        .flatMap(t -> t.known.apply(mine))
        .map(Object::toString)
        .distinct()
        .toList();
  }

  /** To who may not see them, nothing is offered. */
  private static Stream<?> usernames(OwnWorkspaces mine) {
    return mine.administrator()
        ? mine.services().people().people().stream().map(Person::username)
        : Stream.of(mine.person().username());
  }

  private static Stream<?> groupNames(OwnWorkspaces mine) {
    return mine.administrator()
        ? mine.services().people().groups().stream().map(Group::name)
        : Stream.of();
  }

  private static Stream<?> sessionNumbers(OwnWorkspaces mine) {
    return mine.services().sessions().all().stream()
        .filter(s -> mine.administrator() || s.person().equals(mine.person()))
        .map(s -> new SessionNumber(s.id()));
  }

  /** Those that are there, and those that would be made from a machine type of that name. */
  private static Stream<?> workspaceNames(OwnWorkspaces mine) {
    var existing = mine.all().stream().map(w -> w.id().name());
    var types = mine.services().admission().machineTypes(mine.person()).stream().map(t -> t.name());
    return Stream.concat(existing, Stream.concat(Stream.of(WorkspaceName.MAIN), types));
  }
}
