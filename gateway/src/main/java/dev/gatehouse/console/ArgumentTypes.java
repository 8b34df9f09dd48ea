package dev.gatehouse.console;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.MachineType;
import dev.gatehouse.cluster.revisions.Revision;
import dev.gatehouse.directory.PeopleAdministration;
import dev.gatehouse.directory.Person;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.name.AccountPath;
import dev.gatehouse.name.AppName;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.name.NodeName;
import dev.gatehouse.name.PoolName;
import dev.gatehouse.name.ServiceName;
import dev.gatehouse.name.Username;
import dev.gatehouse.name.WorkspaceName;
import dev.gatehouse.net.Cidr;
import dev.gatehouse.nodes.Node;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
  private static final int MOST_PENALTIES = 100;

  /**
   * Whose TAB it is.
   *
   * @param about the person whom the line names with {@code --user}, where the viewer may see them
   */
  record Asker(Viewer viewer, Optional<Username> about) {
    Username owner() {
      return about.orElse(viewer.person().username());
    }
  }

  private record ArgumentType<T>(
      Class<T> type, ITypeConverter<T> parse, Function<Asker, Stream<?>> known) {}

  private static final List<ArgumentType<?>> ALL =
      List.of(
          new ArgumentType<>(
              WorkspaceName.class, WorkspaceName::new, ArgumentTypes::workspaceNames),
          new ArgumentType<>(
              ExistingWorkspace.class, ExistingWorkspace::new, ArgumentTypes::existingWorkspaces),
          new ArgumentType<>(KeepWord.class, KeepWord::new, ArgumentTypes::keepWords),
          new ArgumentType<>(
              MachineTypeName.class, MachineTypeName::new, ArgumentTypes::machineTypes),
          new ArgumentType<>(Username.class, Username::new, ArgumentTypes::people),
          new ArgumentType<>(GroupName.class, GroupName::new, ArgumentTypes::groups),
          new ArgumentType<>(AccountPath.class, AccountPath::new, _ -> Stream.of()),
          new ArgumentType<>(Uid.class, Uid::parse, _ -> Stream.of()),
          new ArgumentType<>(
              PeopleFormat.class, PeopleFormat::parse, _ -> PeopleFormat.words().stream()),
          new ArgumentType<>(BillOrder.class, BillOrder::parse, _ -> BillOrder.words().stream()),
          new ArgumentType<>(SortKey.class, SortKey::parse, _ -> SortKey.words().stream()),
          new ArgumentType<>(SessionNumber.class, SessionNumber::parse, ArgumentTypes::sessions),
          new ArgumentType<>(
              DefinedMachineType.class, DefinedMachineType::new, ArgumentTypes::allMachineTypes),
          new ArgumentType<>(PoolName.class, PoolName::new, ArgumentTypes::pools),
          new ArgumentType<>(DefinitionKey.class, DefinitionKey::new, ArgumentTypes::keysOfText),
          new ArgumentType<>(RevisionNumber.class, RevisionNumber::parse, ArgumentTypes::revisions),
          new ArgumentType<>(ServiceName.class, ServiceName::new, ArgumentTypes::services),
          new ArgumentType<>(AppName.class, AppName::new, ArgumentTypes::apps),
          new ArgumentType<>(NodeName.class, NodeName::new, ArgumentTypes::nodes),
          new ArgumentType<>(KeySelector.class, KeySelector::new, ArgumentTypes::keys),
          // picocli's own asks the name service.
          new ArgumentType<>(InetAddress.class, Cidr::address, ArgumentTypes::penalised),
          new ArgumentType<>(
              LogLevels.Level.class, ArgumentTypes::level, _ -> ArgumentTypes.levels()));

  private ArgumentTypes() {}

  static void register(CommandLine parser) {
    ALL.forEach(t -> register(parser, t));
  }

  private static <T> void register(CommandLine parser, ArgumentType<T> type) {
    parser.registerConverter(type.type, type.parse);
  }

  /** Live values for completion; none while they cannot be found out. */
  static List<String> candidates(ArgSpec argument, Asker asker) {
    try {
      return ALL.stream()
          .filter(t -> t.type.equals(elementType(argument)))
          .flatMap(t -> t.known.apply(asker))
          .map(Object::toString)
          .distinct()
          .toList();
    } catch (FailureException e) {
      return List.of();
    }
  }

  /** Of an option that may be repeated, the type of one. */
  private static Class<?> elementType(ArgSpec argument) {
    var inner = argument.auxiliaryTypes();
    return inner.length > 0 ? inner[0] : argument.type();
  }

  /** Those that are there, and those that would be made from a machine type of that name. */
  private static Stream<?> workspaceNames(Asker asker) {
    return Stream.of(existingWorkspaces(asker), Stream.of(WorkspaceName.MAIN), machineTypes(asker))
        .flatMap(s -> s);
  }

  private static Stream<?> existingWorkspaces(Asker asker) {
    return asker.viewer().sees(asker.owner())
        ? asker.viewer().services().workspaces().list(asker.owner()).stream()
            .map(w -> w.id().name())
        : Stream.of();
  }

  private static Stream<?> keepWords(Asker asker) {
    return Stream.concat(KeepWord.TIMES.stream(), existingWorkspaces(asker));
  }

  /** Those that the owner may use. */
  private static Stream<?> machineTypes(Asker asker) {
    var viewer = asker.viewer();
    var owner =
        asker.owner().equals(viewer.person().username())
            ? Stream.of(viewer.person())
            : administration(asker).flatMap(p -> p.person(asker.owner()).stream());
    return owner
        .flatMap(p -> viewer.services().admission().machineTypes(p).stream())
        .map(MachineType::name);
  }

  private static Stream<?> allMachineTypes(Asker asker) {
    return definition(asker).flatMap(d -> d.machineTypes().keySet().stream());
  }

  private static Stream<?> pools(Asker asker) {
    return definition(asker).flatMap(d -> d.pools().keySet().stream());
  }

  private static Stream<?> apps(Asker asker) {
    return definition(asker).flatMap(d -> d.apps().keySet().stream());
  }

  /** Those of the owner's workspaces. */
  private static Stream<?> services(Asker asker) {
    var viewer = asker.viewer();
    var types = viewer.services().definition().machineTypes();
    return viewer.sees(asker.owner())
        ? viewer.services().workspaces().list(asker.owner()).stream()
            .flatMap(w -> Stream.ofNullable(types.get(w.type())))
            .flatMap(type -> type.services().keySet().stream())
        : Stream.of();
  }

  private static Stream<?> nodes(Asker asker) {
    return Stream.of(asker.viewer())
        .filter(Viewer::administrator)
        .flatMap(v -> v.services().nodes().latest().stream())
        .flatMap(report -> report.nodes().stream())
        .map(Node::name);
  }

  private static Stream<?> keysOfText(Asker asker) {
    return Stream.of(asker.viewer())
        .filter(Viewer::administrator)
        .flatMap(v -> v.services().definitions().keys().stream());
  }

  private static Stream<?> revisions(Asker asker) {
    return Stream.of(asker.viewer())
        .filter(Viewer::administrator)
        .flatMap(v -> v.services().definitions().store().history().stream())
        .map(Revision::number);
  }

  private static Stream<ClusterDefinition> definition(Asker asker) {
    return Stream.of(asker.viewer())
        .filter(Viewer::administrator)
        .map(v -> v.services().definition());
  }

  private static Stream<?> people(Asker asker) {
    return administration(asker).flatMap(p -> p.people().stream()).map(Person::username);
  }

  private static Stream<?> groups(Asker asker) {
    return administration(asker)
        .flatMap(p -> p.groups().stream())
        .map(PeopleAdministration.Group::name);
  }

  private static Stream<PeopleAdministration> administration(Asker asker) {
    return Stream.of(asker.viewer()).filter(Viewer::administrator).map(v -> v.services().people());
  }

  private static Stream<?> sessions(Asker asker) {
    return asker.viewer().sessions().stream().map(LiveSessions.LiveSession::id);
  }

  /** Fingerprints only: a comment is somebody's free text. */
  private static Stream<?> keys(Asker asker) {
    var owner = asker.owner();
    return asker.viewer().sees(owner)
        ? asker.viewer().services().people().person(owner).stream()
            .flatMap(p -> p.publicKeys().stream())
            .map(SshPublicKey::fingerprint)
        : Stream.of();
  }

  private static Stream<?> penalised(Asker asker) {
    return asker.viewer().administrator()
        ? asker.viewer().services().penalties().list(MOST_PENALTIES).stream()
            .map(p -> Addresses.text(p.source().address()))
        : Stream.of();
  }

  private static LogLevels.Level level(String word) {
    return Stream.of(LogLevels.Level.values())
        .filter(l -> l.name().equalsIgnoreCase(word))
        .findFirst()
        .orElseThrow(
            () ->
                UserError.usage(
                    "%s is no level; take one of %s"
                        .formatted(Quote.of(word), String.join(", ", levels().toList()))));
  }

  private static Stream<String> levels() {
    return Stream.of(LogLevels.Level.values()).map(l -> l.name().toLowerCase(Locale.ROOT));
  }
}
