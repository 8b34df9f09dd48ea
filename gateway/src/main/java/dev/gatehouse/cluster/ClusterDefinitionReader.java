package dev.gatehouse.cluster;

import dev.gatehouse.cluster.ClusterDefinition.DirectorySettings;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.net.Cidr;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/**
 * The keys of cluster.yaml, their defaults and their limits: the one list of them. A test keeps
 * config/cluster.schema.json in step.
 */
final class ClusterDefinitionReader {
  private static final MachineTypeName STANDARD = new MachineTypeName("standard");
  private static final int MAX_TEXT = 8 * 1024;

  /** POSIX.1-2017, 8.1, with small letters, which programs use too. */
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,254}");

  /** {@code ssh alice+gate@…} is the console, {@code alice+main@…} the default type's. */
  private static final Set<String> RESERVED = Set.of("gate", "main");

  private final Problems problems;

  ClusterDefinitionReader(Problems problems) {
    this.problems = problems;
  }

  ClusterDefinition read(@Nullable Node root) {
    var file = Section.of("", root, problems);
    var machineTypes = file.section("machineTypes");
    var definition =
        new ClusterDefinition(
            gateway(file.section("gateway")),
            new LoginReader(file.section("login")).read(),
            new LimitsReader(file.section("limits")).read(),
            directory(file.section("directory")),
            workspaces(file, machineTypes),
            machineTypes(machineTypes));
    file.refuseUnknownKeys();
    return definition;
  }

  private static GatewaySettings gateway(Section section) {
    var settings =
        new GatewaySettings(
            section.get("name", Values.line(64)).orElse("gatehouse"),
            section.get("host", Values::host).orElse("127.0.0.1"),
            section.get("port", Values.integer(0, 65535)).orElse(2222),
            section.get("banner", Values.lines(MAX_TEXT)),
            section.get("motd", Values.lines(MAX_TEXT)),
            section
                .get("algorithms", Values.choice(AlgorithmProfile.values()))
                .orElse(AlgorithmProfile.MODERN),
            section.list("proxyProtocolFrom", Values.name(Cidr::parse)).orElse(List.of()));
    section.refuseUnknownKeys();
    return settings;
  }

  private static DirectorySettings directory(Section section) {
    var settings =
        new DirectorySettings(
            section
                .get("administrators", Values.name(GroupName::new))
                .orElseGet(() -> new GroupName("gatehouse-admins")));
    section.refuseUnknownKeys();
    return settings;
  }

  private WorkspaceSettings workspaces(Section file, Section machineTypes) {
    var section = file.section("workspaces");
    var settings =
        new WorkspaceSettings(
            section.get("defaultType", Values.name(MachineTypeName::new)).orElse(STANDARD),
            section
                .get("startTimeout", Values.duration(Duration.ofSeconds(1), Duration.ofHours(1)))
                .orElse(Duration.ofMinutes(5)),
            section.get("perPerson", Values.integer(1, 100)).orElse(5));
    section.refuseUnknownKeys();
    requireDefined(settings.defaultType(), file, section, machineTypes);
    return settings;
  }

  private void requireDefined(
      MachineTypeName type, Section file, Section workspaces, Section machineTypes) {
    var known = machineTypes.keys();
    if (known.isEmpty() ? type.equals(STANDARD) : known.contains(type.value())) {
      return;
    }
    workspaces
        .place("defaultType")
        .or(() -> file.place("machineTypes"))
        .ifPresent(
            place ->
                problems.add(
                    place,
                    "workspaces.defaultType is %s, which is none of the machineTypes%s"
                        .formatted(Quote.of(type.value()), Suggestion.among(known, type.value()))));
  }

  private NavigableMap<MachineTypeName, MachineType> machineTypes(Section section) {
    var types = new TreeMap<MachineTypeName, MachineType>();
    for (var key : section.keys()) {
      var type = section.section(key);
      section
          .key(key, ClusterDefinitionReader::typeName)
          .ifPresent(n -> types.put(n, type(n, type)));
    }
    if (section.keys().isEmpty()) {
      types.put(STANDARD, new MachineType(STANDARD, "", Set.of(), new TreeMap<>()));
    }
    return Collections.unmodifiableNavigableMap(types);
  }

  private static MachineTypeName typeName(String name) {
    if (RESERVED.contains(name)) {
      throw UserError.usage("a machine type cannot be called %s".formatted(Quote.of(name)));
    }
    return new MachineTypeName(name);
  }

  private static MachineType type(MachineTypeName name, Section section) {
    var type =
        new MachineType(
            name,
            section.get("description", Values.line(200)).orElse(""),
            groups(section),
            environment(section.section("environment")));
    section.refuseUnknownKeys();
    return type;
  }

  private static Set<GroupName> groups(Section section) {
    // An empty list would open the type to everybody when its last group is taken away.
    var groups =
        section.list(
            "groups",
            Values.name(GroupName::new),
            "name a group, or remove the key to let everybody use this type");
    return Collections.unmodifiableSet(new TreeSet<>(groups));
  }

  private static NavigableMap<String, String> environment(Section section) {
    var variables = new TreeMap<String, String>();
    for (var key : section.keys()) {
      section
          .key(key, ClusterDefinitionReader::variable)
          .flatMap(k -> section.get(k, Values::asWritten))
          .ifPresent(value -> variables.put(key, value));
    }
    return Collections.unmodifiableNavigableMap(variables);
  }

  private static String variable(String name) {
    if (!VARIABLE.matcher(name).matches()) {
      throw UserError.usage(
          "%s cannot be an environment variable: a name has letters, digits and '_'"
                  .formatted(Quote.of(name))
              + " and does not start with a digit");
    }
    return name;
  }
}
