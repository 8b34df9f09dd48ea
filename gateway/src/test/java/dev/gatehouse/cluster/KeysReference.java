package dev.gatehouse.cluster;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.console.Markdown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The keys of the definition as a page of Markdown, from its JSON Schema. */
public final class KeysReference {
  private static final String DEFINITIONS = "#/$defs/";
  private static final String NAME = "NAME";

  private final JsonNode schema;
  private final List<String> lines = new ArrayList<>();

  private KeysReference(JsonNode schema) {
    this.schema = schema;
  }

  public static List<String> lines(JsonNode schema) {
    var reference = new KeysReference(schema);
    schema
        .path("properties")
        .properties()
        .forEach(section -> reference.section(section.getKey(), section.getValue()));
    reference.kinds();
    return reference.lines;
  }

  private void section(String name, JsonNode section) {
    lines.add("### `%s`".formatted(name));
    lines.add("");
    lines.add(Markdown.text(resolved(section).path("description").asString("")));
    lines.add("");
    lines.add("| key | value | default | |");
    lines.add("|---|---|---|---|");
    below(name, resolved(section));
    lines.add("");
  }

  private void below(String path, JsonNode object) {
    for (var property : object.path("properties").properties()) {
      key(path + "." + property.getKey(), property.getValue(), isRequired(object, property));
    }
    var any = resolved(object.path("additionalProperties"));
    if (any.isObject()) {
      if (any.has("properties")) {
        below(path + "." + NAME, any);
      } else {
        key(path + "." + NAME, object.path("additionalProperties"), false);
      }
    }
  }

  private static boolean isRequired(JsonNode object, Map.Entry<String, JsonNode> property) {
    return object
        .path("required")
        .valueStream()
        .anyMatch(r -> r.asString("").equals(property.getKey()));
  }

  private void key(String path, JsonNode written, boolean required) {
    var value = resolved(written);
    var description = isObject(value) ? described(written, value) : described(written);
    lines.add(
        "| %s | %s | %s | %s |"
            .formatted(
                Markdown.code(path),
                kind(written),
                required ? "required" : Markdown.code(fallback(written)),
                Markdown.text(description)));
    below(path, value);
    below(path + "[]", resolved(value.path("items")));
  }

  /** The first description that there is. */
  private static String described(JsonNode... nodes) {
    return Stream.of(nodes)
        .map(n -> n.path("description").asString(""))
        .filter(d -> !d.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static String fallback(JsonNode written) {
    var value = written.path("default");
    return value.isString() ? value.asString() : value.isMissingNode() ? "" : value.toString();
  }

  /** A {@code $ref} and what stands beside it. */
  private JsonNode resolved(JsonNode node) {
    var ref = node.path("$ref").asString("");
    return ref.startsWith(DEFINITIONS) ? schema.at(ref.substring(1)) : node;
  }

  private String kind(JsonNode written) {
    var value = resolved(written);
    if (value.path("type").asString("").equals("array")) {
      return "list of " + kind(value.path("items"));
    }
    if (isObject(value)) {
      return value.has("properties") ? "keys" : "names and values";
    }
    var ref = written.path("$ref").asString("");
    if (ref.startsWith(DEFINITIONS)) {
      return "[%1$s](#kinds-of-values)".formatted(ref.substring(DEFINITIONS.length()));
    }
    return value.has("enum") ? oneOf(value) : plain(value);
  }

  private static boolean isObject(JsonNode value) {
    return value.has("properties") || types(value).contains("object");
  }

  private static List<String> types(JsonNode value) {
    var type = value.path("type");
    return type.isArray()
        ? type.valueStream().map(JsonNode::asString).toList()
        : List.of(type.asString(""));
  }

  private static String oneOf(JsonNode value) {
    return value
        .path("enum")
        .valueStream()
        .map(v -> Markdown.code(v.asString()))
        .collect(joining(", "));
  }

  private static String plain(JsonNode value) {
    var type = types(value).stream().filter(t -> !t.equals("null")).collect(joining(" or "));
    var text = type.replace("string", "text").replace("boolean", "true or false");
    return value.has("minimum") && value.has("maximum")
        ? "%s to %s".formatted(value.path("minimum"), value.path("maximum"))
        : text;
  }

  private void kinds() {
    lines.add("### Kinds of values");
    lines.add("");
    lines.add("| kind | | as a regular expression |");
    lines.add("|---|---|---|");
    for (var kind : schema.path("$defs").properties()) {
      var value = kind.getValue();
      if (!isObject(value)) {
        lines.add(
            "| %s | %s | %s |"
                .formatted(
                    kind.getKey(),
                    Markdown.text(value.path("description").asString("")),
                    value.has("enum")
                        ? oneOf(value)
                        : Markdown.code(value.path("pattern").asString(""))));
      }
    }
    lines.add("");
  }
}
