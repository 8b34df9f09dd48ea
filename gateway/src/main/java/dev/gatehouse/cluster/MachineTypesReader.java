package dev.gatehouse.cluster;

import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.MachineTypeName;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * The section {@code machineTypes}.
 *
 * @param idle for types that say nothing of it
 */
record MachineTypesReader(
    Section section, IdlePolicy idle, PlacementReader.Pools pools, References references) {
  /** The one that a file without any has. */
  static final MachineTypeName STANDARD = new MachineTypeName("standard");

  /** POSIX.1-2017, 8.1, with small letters, which programs use too. */
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,254}");

  /** {@code ssh alice+gate@…} is the console, {@code alice+main@…} the default type's. */
  private static final Set<String> RESERVED = Set.of("gate", "main");

  NavigableMap<MachineTypeName, MachineType> read() {
    var types = new TreeMap<MachineTypeName, MachineType>();
    var sections = new Likeness(section).resolve();
    sections.forEach(
        (key, type) ->
            section.key(key, MachineTypesReader::name).ifPresent(n -> types.put(n, type(n, type))));
    if (sections.isEmpty()) {
      types.put(STANDARD, type(STANDARD, section.section(STANDARD.value())));
    }
    return Collections.unmodifiableNavigableMap(types);
  }

  private static MachineTypeName name(String name) {
    if (RESERVED.contains(name)) {
      throw UserError.usage("a machine type cannot be called %s".formatted(Quote.of(name)));
    }
    return new MachineTypeName(name);
  }

  private MachineType type(MachineTypeName name, Section section) {
    section.get("like", references::machineType);
    var type =
        new MachineType(
            name,
            section.get("description", Values.line(200)).orElse(""),
            groups(section),
            environment(section.section("environment"), Secrets::variable),
            new HardwareReader(
                    section, new PlacementReader(section, pools, references), references.problems())
                .read(),
            new ServicesReader(section.section("services")).read(),
            new IdleReader(section.section("idle"), idle).read());
    section.refuseUnknownKeys();
    return type;
  }

  private Set<GroupName> groups(Section section) {
    // An empty list would open the type to everybody when its last group is taken away.
    var groups =
        section.list(
            "groups",
            references::group,
            "name a group, or remove the key to let everybody use this type");
    return Collections.unmodifiableSet(new TreeSet<>(groups));
  }

  /**
   * @param reader of the value of a variable of that name
   */
  static NavigableMap<String, String> environment(
      Section section, Function<String, Function<ScalarNode, String>> reader) {
    var variables = new TreeMap<String, String>();
    for (var key : section.keys()) {
      section
          .key(key, MachineTypesReader::variable)
          .flatMap(k -> section.get(k, reader.apply(k)))
          .ifPresent(value -> variables.put(key, value));
    }
    return Collections.unmodifiableNavigableMap(variables);
  }

  static String variable(String name) {
    if (!VARIABLE.matcher(name).matches()) {
      throw UserError.usage(
          "%s cannot be an environment variable: a name has letters, digits and '_'"
                  .formatted(Quote.of(name))
              + " and does not start with a digit");
    }
    return name;
  }
}
