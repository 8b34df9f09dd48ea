package dev.gatehouse.cluster.edit;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.failure.UserError;
import java.util.List;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A new value as YAML text, not yet indented.
 *
 * @param lines without line breaks
 * @param block whether it is a list or a mapping in block style, which begins on a line of its own
 */
record Written(List<String> lines, boolean block, Content content) {
  /**
   * @param before what stands there now: a text stays a text, and keeps its quotes
   */
  static Written of(NewValue value, Part before) {
    return switch (value) {
      case NewValue.Word(var word) when isText(before) -> line(text(word, before));
      case NewValue.Word(var word) -> line(ScalarText.word(word));
      case NewValue.Text(var text) -> line(text(text, before));
      case NewValue.Yaml(var yaml) -> yaml(yaml);
    };
  }

  private static boolean isText(Part before) {
    return before instanceof Part.Scalar s && s.tag().equals(Tag.STR.getValue()) && !isQuantity(s);
  }

  /** A plain 500m may become a plain 2. */
  private static boolean isQuantity(Part.Scalar scalar) {
    return scalar.style() == Part.Scalar.PLAIN
        && !scalar.value().isEmpty()
        && Character.isDigit(scalar.value().charAt(0));
  }

  private static String text(String text, Part before) {
    return ScalarText.text(
        text, before instanceof Part.Scalar s && s.isQuoted() ? s.style() : Part.Scalar.PLAIN);
  }

  static Written line(String yaml) {
    return new Written(List.of(yaml), false, read(yaml).content());
  }

  private static Written yaml(String yaml) {
    var text = yaml.strip();
    // A block list or mapping may be indented as a whole, which its first line tells.
    var lines = unindented(yaml.stripTrailing().lines().dropWhile(String::isBlank).toList());
    if (text.isEmpty()) {
      throw UserError.usage("there is no value; give one");
    }
    var whole = read(String.join("\n", lines) + "\n");
    var block =
        switch (whole) {
          case Part.Mapping m -> !m.flow();
          case Part.Sequence s -> !s.flow();
          case Part.Scalar _, Part.Alias _ -> false;
        };
    return new Written(lines, block, whole.content());
  }

  private static List<String> unindented(List<String> lines) {
    var common = lines.isEmpty() ? 0 : indentation(lines.getFirst());
    return lines.stream().map(l -> l.substring(Math.min(common, indentation(l)))).toList();
  }

  private static int indentation(String line) {
    return line.length() - line.stripLeading().length();
  }

  private static Part read(String yaml) {
    return Parts.of(yaml).orElseThrow(() -> UserError.usage("there is no value; give one"));
  }

  /** Returns this below a key of its own. */
  Written under(String key) {
    var lines = asEntry(key, 0);
    var pair = new Content.Pair(keyContent(key), content);
    return new Written(lines, true, new Content.Mapping(Content.MAP, List.of(pair)));
  }

  static String key(String name) {
    return ScalarText.word(name);
  }

  static Content keyContent(String name) {
    return line(key(name)).content();
  }

  /** Returns the lines of an entry of a block mapping. */
  List<String> asEntry(String name, int indent) {
    var key = " ".repeat(indent) + key(name) + ":";
    return block
        ? Stream.concat(Stream.of(key), indented(indent + 2).stream()).toList()
        : Stream.concat(Stream.of(key + " " + lines.getFirst()), tail(indent + 2).stream())
            .toList();
  }

  /** Returns the lines of an item of a block list. */
  List<String> asItem(int indent) {
    return Stream.concat(
            Stream.of(" ".repeat(indent) + "- " + lines.getFirst()), tail(indent + 2).stream())
        .toList();
  }

  /** Returns all lines, each indented by that much. */
  List<String> indented(int indent) {
    return lines.stream().map(l -> indent(l, indent)).toList();
  }

  /** Returns the lines below the first. */
  List<String> tail(int indent) {
    var rest = lines.subList(1, lines.size());
    return block || isLiteral()
        ? (block ? rest : unindented(rest)).stream().map(l -> indent(l, indent)).toList()
        : rest.stream().map(l -> indent(l.strip(), indent)).toList();
  }

  /** Whether its last line is text of a block scalar, to which a line break belongs. */
  boolean endsOpen() {
    return endsInBreak(content);
  }

  private static boolean endsInBreak(Content content) {
    return switch (content) {
      case Content.Scalar s -> s.value().endsWith("\n");
      case Content.Sequence s -> !s.items().isEmpty() && endsInBreak(s.items().getLast());
      case Content.Mapping m -> !m.pairs().isEmpty() && endsInBreak(m.pairs().getLast().value());
    };
  }

  boolean isLiteral() {
    return lines.getFirst().startsWith("|") || lines.getFirst().startsWith(">");
  }

  private static String indent(String line, int indent) {
    return line.isBlank() ? "" : " ".repeat(indent) + line;
  }

  /** Returns the value in one line, for a place between brackets. */
  Written inFlow() {
    return block || lines.size() > 1 ? line(flow(content)) : this;
  }

  private static String flow(Content content) {
    return switch (content) {
      case Content.Scalar s when s.tag().equals(Tag.STR.getValue()) ->
          ScalarText.text(s.value(), Part.Scalar.PLAIN);
      case Content.Scalar s -> s.isNothing() ? "null" : s.value();
      case Content.Sequence s ->
          s.items().stream().map(Written::flow).collect(joining(", ", "[", "]"));
      case Content.Mapping m ->
          m.pairs().stream()
              .map(p -> flow(p.key()) + ": " + flow(p.value()))
              .collect(joining(", ", "{", "}"));
    };
  }
}
