package dev.gatehouse.platform.stacks;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.file.TextFile;
import dev.gatehouse.platform.objects.Trees;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A template of CloudFormation in YAML, as far as a plan of a new stack needs it: which resources
 * it makes. Scalars are texts, as CloudFormation takes them; short forms such as {@code !Ref} are
 * maps of one key, as in JSON.
 */
public final class StackTemplate {
  /** What CloudFormation takes without a detour by a bucket. */
  public static final int MOST_BYTES = 51_200;

  private final String text;
  private final Map<String, Object> tree;

  private StackTemplate(String text, Map<String, Object> tree) {
    this.text = text;
    this.tree = tree;
  }

  /**
   * One resource.
   *
   * @param type such as {@code AWS::EKS::Cluster}
   */
  public record Resource(String id, String type) {}

  public static StackTemplate read(Path file) {
    return parse(TextFile.read(file, "template", MOST_BYTES, ExitCode.CONFIG));
  }

  /**
   * @throws UserError if it is no YAML
   */
  public static StackTemplate parse(String text) {
    try {
      var root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
      return new StackTemplate(text, Trees.map(root == null ? null : value(root)));
    } catch (YAMLException e) {
      throw new UserError(
          ExitCode.CONFIG, "a template of CloudFormation is no YAML: " + e.getMessage());
    }
  }

  public String text() {
    return text;
  }

  public Map<String, Object> tree() {
    return tree;
  }

  /** The names of its parameters. */
  public Set<String> parameters() {
    return section("Parameters").keySet();
  }

  /**
   * Returns the resources that it makes, in the order of the template.
   *
   * @param given the parameters that have a value; the others have their default
   */
  public List<Resource> resources(Map<String, String> given) {
    var conditions = new Conditions(section("Conditions"), values(given));
    var resources = new ArrayList<Resource>();
    section("Resources")
        .forEach(
            (id, resource) -> {
              var condition = Trees.map(resource).get("Condition");
              if (condition == null || conditions.holds(Trees.text(condition))) {
                resources.add(new Resource(id, Trees.text(Trees.map(resource).get("Type"))));
              }
            });
    return List.copyOf(resources);
  }

  private Map<String, String> values(Map<String, String> given) {
    var values = new LinkedHashMap<String, String>();
    section("Parameters")
        .forEach((name, about) -> values.put(name, Trees.text(Trees.map(about).get("Default"))));
    values.putAll(given);
    return values;
  }

  private Map<String, Object> section(String name) {
    return Trees.map(tree.get(name));
  }

  private static Object value(Node node) {
    var plain =
        switch (node) {
          case ScalarNode scalar -> scalar.getValue();
          case SequenceNode list -> list.getValue().stream().map(StackTemplate::value).toList();
          case MappingNode map -> map(map);
          default -> throw new YAMLException("aliases are not known to CloudFormation");
        };
    var tag = node.getTag().getValue();
    return tag.startsWith("!") && !node.getTag().equals(Tag.STR) ? full(tag, plain) : plain;
  }

  private static Map<String, Object> map(MappingNode node) {
    var map = new LinkedHashMap<String, Object>();
    for (var entry : node.getValue()) {
      var key = ((ScalarNode) entry.getKeyNode()).getValue();
      if (map.put(key, value(entry.getValueNode())) != null) {
        throw new YAMLException("the key %s is given twice".formatted(key));
      }
    }
    return map;
  }

  private static Map<String, Object> full(String tag, Object value) {
    var name = tag.substring(1);
    return switch (name) {
      case "Ref", "Condition" -> Map.of(name, value);
      case "GetAtt" -> Map.of("Fn::GetAtt", value instanceof String s ? attribute(s) : value);
      default -> Map.of("Fn::" + name, value);
    };
  }

  private static List<String> attribute(String text) {
    var dot = text.indexOf('.');
    return dot < 0 ? List.of(text) : List.of(text.substring(0, dot), text.substring(dot + 1));
  }

  /** What a condition says; only of what is known before anything is made. */
  private record Conditions(Map<String, Object> all, Map<String, String> parameters) {
    boolean holds(String name) {
      return test(all.get(name));
    }

    private boolean test(@Nullable Object node) {
      var map = Trees.map(node);
      if (map.isEmpty()) {
        return false;
      }
      var entry = map.entrySet().iterator().next();
      var operands = Trees.list(entry.getValue());
      return switch (entry.getKey()) {
        case "Condition" -> holds(Trees.text(entry.getValue()));
        case "Fn::Not" -> !test(operands.getFirst());
        case "Fn::And" -> operands.stream().allMatch(this::test);
        case "Fn::Or" -> operands.stream().anyMatch(this::test);
        case "Fn::Equals" -> text(operands.getFirst()).equals(text(operands.getLast()));
        default -> throw new IllegalStateException("no such condition: " + entry.getKey());
      };
    }

    private String text(@Nullable Object node) {
      var map = Trees.map(node);
      if (map.isEmpty()) {
        return Trees.text(node);
      }
      var value = map.values().iterator().next();
      // Of a list of texts Join with nothing between is the only one that conditions need.
      return map.containsKey("Ref")
          ? parameters.getOrDefault(Trees.text(value), "")
          : text(Trees.list(value).getLast());
    }
  }
}
