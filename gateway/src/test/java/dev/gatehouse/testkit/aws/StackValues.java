package dev.gatehouse.testkit.aws;

import dev.gatehouse.platform.objects.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Values of a template's properties and outputs, as CloudFormation computes them.
 *
 * @param parameters with their values, the defaults too
 * @param physical the ids of the resources that are there, by their names in the template
 */
record StackValues(
    String stack,
    Map<String, Object> template,
    Map<String, String> parameters,
    Map<String, String> physical) {
  private static final Pattern IN_SUB = Pattern.compile("\\$\\{([^!}][^}]*)}");

  /** Says that a property is left out. */
  private static final String NO_VALUE = "AWS::NoValue";

  Optional<Object> of(@Nullable Object node) {
    return switch (node) {
      case null -> Optional.empty();
      case List<?> list -> {
        var items = new ArrayList<Object>();
        list.forEach(item -> of(item).ifPresent(items::add));
        yield Optional.of(items);
      }
      case Map<?, ?> _ -> map(Trees.map(node));
      default -> Optional.of(node);
    };
  }

  private Optional<Object> map(Map<String, Object> map) {
    if (map.size() == 1) {
      var entry = map.entrySet().iterator().next();
      var operands = Trees.list(entry.getValue());
      switch (entry.getKey()) {
        case "Ref" -> {
          return ref(Trees.text(entry.getValue()));
        }
        case "Fn::GetAtt" -> {
          return Optional.of(
              attribute(Trees.text(operands.getFirst()), Trees.text(operands.getLast())));
        }
        case "Fn::If" -> {
          return of(operands.get(holds(Trees.text(operands.getFirst())) ? 1 : 2));
        }
        case "Fn::Join" -> {
          return Optional.of(
              String.join(
                  Trees.text(operands.getFirst()),
                  items(operands.getLast()).stream().map(String::valueOf).toList()));
        }
        case "Fn::Select" -> {
          return Optional.of(
              items(operands.getLast()).get(Integer.parseInt(Trees.text(operands.getFirst()))));
        }
        case "Fn::Sub" -> {
          return Optional.of(substituted(Trees.text(entry.getValue())));
        }
        case "Fn::GetAZs" -> {
          return Optional.of(List.of("eu-central-1a", "eu-central-1b", "eu-central-1c"));
        }
        case "Fn::Cidr" -> {
          return Optional.of(List.of("net-0", "net-1", "net-2", "net-3", "net-4", "net-5"));
        }
        default -> {}
      }
    }
    var values = new LinkedHashMap<String, Object>();
    map.forEach((key, value) -> of(value).ifPresent(v -> values.put(key, v)));
    return Optional.of(values);
  }

  private List<?> items(@Nullable Object node) {
    var value = of(node).orElse("");
    return value instanceof List<?> list ? list : List.of(String.valueOf(value).split(","));
  }

  private Optional<Object> ref(String name) {
    if (name.equals(NO_VALUE)) {
      return Optional.empty();
    }
    if (parameters.containsKey(name)) {
      return Optional.of(parameters.get(name));
    }
    return Optional.of(
        physical.getOrDefault(
            name,
            switch (name) {
              case "AWS::StackName" -> stack;
              case "AWS::Region" -> AwsServer.REGION;
              case "AWS::AccountId" -> FakeSts.ACCOUNT;
              case "AWS::Partition" -> "aws";
              default -> "{{%s}}".formatted(name);
            }));
  }

  private String attribute(String id, String attribute) {
    return "%s.%s".formatted(physical.getOrDefault(id, "{{%s}}".formatted(id)), attribute);
  }

  private String substituted(String text) {
    return IN_SUB
        .matcher(text)
        .replaceAll(
            found -> {
              var name = found.group(1);
              var dot = name.indexOf('.');
              return Matcher.quoteReplacement(
                  dot < 0
                      ? String.valueOf(ref(name).orElse(""))
                      : attribute(name.substring(0, dot), name.substring(dot + 1)));
            });
  }

  /** Whether a condition of the template holds. */
  boolean holds(String condition) {
    return test(Trees.map(template.get("Conditions")).get(condition));
  }

  private boolean test(@Nullable Object node) {
    var entry = Trees.map(node).entrySet().iterator().next();
    var operands = Trees.list(entry.getValue());
    return switch (entry.getKey()) {
      case "Condition" -> holds(Trees.text(entry.getValue()));
      case "Fn::Not" -> !test(operands.getFirst());
      case "Fn::And" -> operands.stream().allMatch(this::test);
      case "Fn::Or" -> operands.stream().anyMatch(this::test);
      case "Fn::Equals" -> of(operands.getFirst()).equals(of(operands.getLast()));
      default -> throw new IllegalStateException(entry.getKey());
    };
  }

  /** The properties of each resource that the template makes, by its name there. */
  Map<String, Map<String, Object>> resources() {
    var made = new LinkedHashMap<String, Map<String, Object>>();
    Trees.map(template.get("Resources"))
        .forEach(
            (id, resource) -> {
              var condition = Trees.map(resource).get("Condition");
              if (condition == null || holds(Trees.text(condition))) {
                made.put(id, Trees.map(of(Trees.map(resource).get("Properties")).orElse(Map.of())));
              }
            });
    return made;
  }

  /** The names of these resources: each behind those that it needs. */
  List<String> order() {
    var made = resources().keySet();
    var order = new LinkedHashSet<String>();
    made.forEach(id -> behind(id, made, order));
    return List.copyOf(order);
  }

  private void behind(String id, Set<String> made, Set<String> order) {
    if (!order.contains(id)) {
      needed(Trees.map(template.get("Resources")).get(id))
          .filter(other -> made.contains(other) && !other.equals(id))
          .forEach(other -> behind(other, made, order));
      order.add(id);
    }
  }

  private static Stream<String> needed(@Nullable Object node) {
    if (node instanceof List<?> list) {
      return list.stream().flatMap(StackValues::needed);
    }
    return Trees.map(node).entrySet().stream()
        .flatMap(
            entry ->
                switch (entry.getKey()) {
                  case "Ref" -> Stream.of(Trees.text(entry.getValue()));
                  case "Fn::GetAtt" ->
                      Stream.of(Trees.text(Trees.list(entry.getValue()).getFirst()));
                  case "DependsOn" ->
                      entry.getValue() instanceof List<?> all
                          ? all.stream().map(String::valueOf)
                          : Stream.of(Trees.text(entry.getValue()));
                  case "Fn::Sub" ->
                      IN_SUB
                          .matcher(Trees.text(entry.getValue()))
                          .results()
                          .map(found -> found.group(1).replaceFirst("\\..*", ""));
                  default -> needed(entry.getValue());
                });
  }

  String type(String id) {
    return Trees.text(Trees.map(Trees.map(template.get("Resources")).get(id)).get("Type"));
  }

  String attributeOf(String id, String attribute) {
    return Trees.text(Trees.map(Trees.map(template.get("Resources")).get(id)).get(attribute));
  }

  Map<String, String> outputs() {
    var outputs = new LinkedHashMap<String, String>();
    Trees.map(template.get("Outputs"))
        .forEach(
            (name, output) -> {
              var about = Trees.map(output);
              if (about.get("Condition") == null || holds(Trees.text(about.get("Condition")))) {
                outputs.put(name, String.valueOf(of(about.get("Value")).orElse("")));
              }
            });
    return outputs;
  }
}
