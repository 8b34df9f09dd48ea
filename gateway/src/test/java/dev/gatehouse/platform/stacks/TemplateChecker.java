package dev.gatehouse.platform.stacks;

import dev.gatehouse.platform.objects.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds what CloudFormation, or a service behind it, would refuse in a template. */
final class TemplateChecker {
  private static final Pattern IN_SUB = Pattern.compile("\\$\\{([^!}][^}]*)}");
  private static final Set<String> PSEUDO =
      Set.of(
          "AWS::AccountId",
          "AWS::NoValue",
          "AWS::Partition",
          "AWS::Region",
          "AWS::StackId",
          "AWS::StackName",
          "AWS::URLSuffix");
  private static final Set<String> FUNCTIONS =
      Set.of(
          "Ref",
          "Condition",
          "Fn::GetAtt",
          "Fn::Sub",
          "Fn::If",
          "Fn::Join",
          "Fn::Select",
          "Fn::Cidr",
          "Fn::GetAZs",
          "Fn::Equals",
          "Fn::Not",
          "Fn::And",
          "Fn::Or");
  private static final Set<String> OF_RESOURCES =
      Set.of(
          "Type", "Properties", "Condition", "DependsOn", "DeletionPolicy", "UpdateReplacePolicy");

  private final ServiceSpec spec;
  private final Map<String, Object> parameters;
  private final Map<String, Object> conditions;
  private final Map<String, Object> resources;
  private final Map<String, Object> tree;
  private final Set<String> used = new TreeSet<>();
  private final List<String> mistakes = new ArrayList<>();

  private TemplateChecker(ServiceSpec spec, Map<String, Object> tree) {
    this.spec = spec;
    this.tree = tree;
    parameters = Trees.map(tree.get("Parameters"));
    conditions = Trees.map(tree.get("Conditions"));
    resources = Trees.map(tree.get("Resources"));
  }

  static List<String> mistakes(StackTemplate template, ServiceSpec spec) {
    var checker = new TemplateChecker(spec, template.tree());
    checker.check();
    return checker.mistakes;
  }

  private void check() {
    for (var section : List.of("Rules", "Conditions", "Outputs")) {
      references(section, tree.get(section));
    }
    Trees.map(tree.get("Outputs"))
        .forEach(
            (name, output) -> {
              condition("Outputs." + name, Trees.map(output).get("Condition"));
              if (!Trees.map(output).containsKey("Value")) {
                mistakes.add("Outputs.%s has no Value".formatted(name));
              }
            });
    resources.forEach((id, resource) -> resource(id, Trees.map(resource)));
    parameters.keySet().stream()
        .filter(name -> !used.contains(name))
        .forEach(name -> mistakes.add("parameter %s is not used".formatted(name)));
    conditions.keySet().stream()
        .filter(name -> !used.contains("condition " + name))
        .forEach(name -> mistakes.add("condition %s is not used".formatted(name)));
  }

  private void resource(String id, Map<String, Object> resource) {
    resource.keySet().stream()
        .filter(key -> !OF_RESOURCES.contains(key))
        .forEach(key -> mistakes.add("%s: no such attribute: %s".formatted(id, key)));
    condition(id, resource.get("Condition"));
    var dependsOn = resource.get("DependsOn");
    (dependsOn instanceof List<?> all ? all : dependsOn == null ? List.of() : List.of(dependsOn))
        .stream()
            .filter(other -> !resources.containsKey(Trees.text(other)))
            .forEach(other -> mistakes.add("%s: depends on no resource: %s".formatted(id, other)));
    references(id, resource.get("Properties"));
    var type = Trees.text(resource.get("Type"));
    var about = spec.resource(type);
    if (about.isEmpty()) {
      mistakes.add("%s: no such type: %s".formatted(id, type));
      return;
    }
    object(id, about.get().path("properties"), Trees.map(resource.get("Properties")));
  }

  private void object(String path, JsonNode known, Map<String, Object> given) {
    given.forEach(
        (key, value) -> {
          if (!known.has(key)) {
            mistakes.add("%s: no such property: %s".formatted(path, key));
          } else {
            value(path + "." + key, known.path(key).path("type"), value);
          }
        });
    known
        .propertyStream()
        .filter(p -> p.getValue().path("required").asBoolean(false))
        .filter(p -> !given.containsKey(p.getKey()))
        .forEach(p -> mistakes.add("%s: %s is missing".formatted(path, p.getKey())));
  }

  private void value(String path, JsonNode type, @Nullable Object value) {
    if (isFunction(value)) {
      var choice = Trees.map(value).get("Fn::If");
      if (choice != null) {
        Trees.list(choice).stream().skip(1).forEach(v -> value(path, type, v));
      }
      return;
    }
    switch (type.path("type").asString()) {
      case "array" -> {
        if (!(value instanceof List<?> items)) {
          mistakes.add(path + ": must be a list");
          return;
        }
        items.forEach(item -> value(path + "[]", type.path("element"), item));
      }
      case "map" ->
          Trees.map(value).values().forEach(v -> value(path + "{}", type.path("element"), v));
      case "ref" -> {
        if (!(value instanceof Map<?, ?>)) {
          mistakes.add(path + ": must hold keys and values");
          return;
        }
        object(path, spec.definition(type).path("properties"), Trees.map(value));
      }
      case "tag" -> {
        if (!Trees.map(value).keySet().equals(Set.of("Key", "Value"))) {
          mistakes.add(path + ": must be Key and Value");
        }
      }
      case "boolean", "integer", "number", "string" -> scalar(path, type, value);
      default -> {
        // json and unions: whatever it is, the service reads it.
      }
    }
  }

  private void scalar(String path, JsonNode type, @Nullable Object value) {
    if (!(value instanceof String text)) {
      mistakes.add(path + ": must be a single value");
      return;
    }
    var fits =
        switch (type.path("type").asString()) {
          case "boolean" -> text.equals("true") || text.equals("false");
          case "integer" -> text.matches("-?[0-9]+");
          default -> true;
        };
    var allowed = type.path("allowedValues");
    var isKnown =
        allowed.isMissingNode()
            || allowed.valueStream().anyMatch(word -> word.asString("").equals(text));
    if (!fits || !isKnown) {
      mistakes.add("%s: must not be %s".formatted(path, text));
    }
  }

  private static boolean isFunction(@Nullable Object value) {
    var map = Trees.map(value);
    return map.size() == 1
        && (map.containsKey("Ref") || map.keySet().iterator().next().startsWith("Fn::"));
  }

  private void references(String path, @Nullable Object node) {
    if (node instanceof List<?> list) {
      list.forEach(item -> references(path, item));
      return;
    }
    Trees.map(node)
        .forEach(
            (key, value) -> {
              switch (key) {
                case "Ref" -> reference(path, Trees.text(value));
                case "Fn::GetAtt" -> attribute(path, Trees.list(value));
                case "Fn::Sub" -> substitutions(path, value);
                case "Fn::If" -> condition(path, Trees.list(value).getFirst());
                case "Condition" -> {
                  if (value instanceof String) {
                    condition(path, value);
                  }
                }
                default -> {
                  if (key.startsWith("Fn::") && !FUNCTIONS.contains(key)) {
                    mistakes.add("%s: no such function: %s".formatted(path, key));
                  }
                }
              }
              references(path, value);
            });
  }

  private void substitutions(String path, @Nullable Object value) {
    IN_SUB
        .matcher(Trees.text(value))
        .results()
        .map(r -> r.group(1))
        .forEach(
            name -> {
              var dot = name.indexOf('.');
              if (dot < 0) {
                reference(path, name);
              } else {
                attribute(path, List.of(name.substring(0, dot), name.substring(dot + 1)));
              }
            });
  }

  private void reference(String path, String name) {
    used.add(name);
    if (!parameters.containsKey(name) && !resources.containsKey(name) && !PSEUDO.contains(name)) {
      mistakes.add("%s: Ref to nothing: %s".formatted(path, name));
    }
  }

  private void attribute(String path, List<?> target) {
    var id = Trees.text(target.getFirst());
    var attribute = target.size() < 2 ? "" : Trees.text(target.getLast());
    var type = Trees.text(Trees.map(resources.get(id)).get("Type"));
    var isThere = spec.resource(type).filter(r -> r.path("attributes").has(attribute)).isPresent();
    if (!isThere) {
      mistakes.add("%s: no such attribute: %s.%s".formatted(path, id, attribute));
    }
  }

  private void condition(String path, @Nullable Object name) {
    if (name == null) {
      return;
    }
    used.add("condition " + name);
    if (!conditions.containsKey(Trees.text(name))) {
      mistakes.add("%s: no such condition: %s".formatted(path, name));
    }
  }
}
