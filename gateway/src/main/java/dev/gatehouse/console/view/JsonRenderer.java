package dev.gatehouse.console.view;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Results as JSON: an array of objects, or an object. All but printable ASCII is escaped, so that
 * nothing is lost and nothing can steer a terminal.
 */
final class JsonRenderer {
  private static final int HIGHEST_PRINTABLE = '~';
  private static final Pattern WORD_START = Pattern.compile(" (.)");
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final JsonMapper MAPPER =
      JsonMapper.builder(JsonFactory.builder().highestNonEscapedChar(HIGHEST_PRINTABLE).build())
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private JsonRenderer() {}

  static String text(Result result) {
    // Jackson leaves DEL alone, whatever the highest character is.
    return MAPPER.writeValueAsString(node(result)).replace("\u007f", "\\u007F");
  }

  static String line(Result result) {
    return MAPPER
        .writer()
        .without(SerializationFeature.INDENT_OUTPUT)
        .writeValueAsString(node(result))
        .replace("\u007f", "\\u007F");
  }

  private static JsonNode node(Result result) {
    return switch (result) {
      case Table table -> array(table);
      case Result.Details details -> object(details);
      case Result.Outcome outcome -> object(outcome.details());
      case Result.Lines(var lines, _) -> strings(lines);
      case Result.Text(_, var meaning) -> MAPPER.valueToTree(meaning);
    };
  }

  private static ArrayNode array(Table table) {
    var array = NODES.arrayNode();
    for (var row : table.rows()) {
      var object = array.addObject();
      for (var i = 0; i < row.size(); i++) {
        object.set(key(table.columns().get(i).name()), node(row.get(i)));
      }
    }
    return array;
  }

  private static ObjectNode object(Result.Details details) {
    var object = NODES.objectNode();
    details.fields().forEach(f -> object.set(key(f.name()), node(f.value())));
    details.parts().forEach(p -> object.set(key(p.name()), array(p.table())));
    return object;
  }

  private static JsonNode node(Value value) {
    return switch (value) {
      case Value.Text(var text) -> NODES.stringNode(text);
      case Value.Count(var number) -> NODES.numberNode(number);
      case Value.Decimal(var number) -> NODES.numberNode(number);
      case Value.Bytes(var number) -> NODES.numberNode(number);
      case Value.Cores cores -> NODES.numberNode(cores.exactly());
      case Value.Flag(var on) -> NODES.booleanNode(on);
      case Value.Moment(var at) -> NODES.stringNode(at.toString());
      case Value.Span(var length) -> NODES.stringNode(length.toString());
      case Value.Many(var texts) -> strings(texts);
      case Value.State(var word, _) -> NODES.stringNode(word);
      case Value.None() -> NODES.nullNode();
    };
  }

  private static ArrayNode strings(List<String> texts) {
    var array = NODES.arrayNode();
    texts.forEach(array::add);
    return array;
  }

  /** {@code machine type} → {@code machineType}. */
  private static String key(String name) {
    return WORD_START.matcher(name).replaceAll(m -> m.group(1).toUpperCase(Locale.ROOT));
  }
}
