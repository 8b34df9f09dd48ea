package dev.gatehouse.cluster;

import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A YAML mapping under typed hands. A mistake is noted with its place and reading goes on, so that
 * all are told at once. The keys that were asked for are the ones that exist: {@link
 * #refuseUnknownKeys} needs no second list.
 *
 * <p>A section may inherit from another one, see {@link #inheriting}: keys that it does not hold
 * are read there. Their mistakes are not noted again, since that section is read by itself too.
 */
final class Section {
  /** Of a section that is not in the file, which lacks nothing. */
  private static final Mark NOWHERE = new Mark("", 0, 0, 0, new int[0], 0);

  private final String path;
  private final Problems problems;
  private final Mark start;
  private final Map<String, NodeTuple> entries = new LinkedHashMap<>();
  private final Set<String> asked = new TreeSet<>();
  private final Optional<Section> ancestor;

  private Section(String path, @Nullable Node node, Problems problems, Optional<Section> ancestor) {
    this.path = path;
    this.problems = problems;
    this.start = node == null ? NOWHERE : node.getStartMark();
    this.ancestor = ancestor;
  }

  private Section(Section like, Problems problems, Optional<Section> ancestor) {
    this.path = like.path;
    this.problems = problems;
    this.start = like.start;
    this.ancestor = ancestor;
    entries.putAll(like.entries);
  }

  /**
   * Takes a mapping.
   *
   * @param node absent, or without a value when all that stands below its key is commented out: a
   *     section without keys
   */
  static Section of(String path, @Nullable Node node, Problems problems) {
    return of(path, node, problems, Optional.empty());
  }

  private static Section of(
      String path, @Nullable Node node, Problems problems, Optional<Section> ancestor) {
    var section = new Section(path, node, problems, ancestor);
    if (node instanceof MappingNode mapping && mapping.getTag().equals(Tag.MAP)) {
      mapping.getValue().forEach(section::put);
    } else if (node != null && !NodeShape.isNothing(node)) {
      problems.add(
          node.getStartMark(),
          "%s must hold keys and values, not %s".formatted(section.name(), NodeShape.of(node)));
    }
    return section;
  }

  private void put(NodeTuple entry) {
    if (!(entry.getKeyNode() instanceof ScalarNode key)) {
      problems.add(entry.getKeyNode().getStartMark(), "a key must be a word");
      return;
    }
    var first = entries.putIfAbsent(key.getValue(), entry);
    if (first != null) {
      problems.add(
          key.getStartMark(),
          "%s is given twice, first on line %d"
              .formatted(
                  path(Quote.of(key.getValue())), first.getKeyNode().getStartMark().getLine() + 1));
    }
  }

  /**
   * This section with the keys of another one where it has none itself. Mappings are inherited key
   * by key, everything else as a whole.
   *
   * @param except keys that are not inherited
   */
  Section inheriting(Section other, Set<String> except) {
    var muted = new Section(other, Problems.unheard(), other.ancestor);
    muted.entries.keySet().removeAll(except);
    return new Section(this, problems, Optional.of(muted));
  }

  /** The keys, inherited ones included. */
  Set<String> keys() {
    var keys = new LinkedHashSet<>(entries.keySet());
    ancestor.ifPresent(a -> keys.addAll(a.keys()));
    return keys;
  }

  /** Whether there is such a key, with a value or without. */
  boolean has(String key) {
    return value(key).isPresent() || inherits(key);
  }

  /** The place of the value, or nothing if there is no such key in this section itself. */
  Optional<Mark> place(String key) {
    return value(key).map(Node::getStartMark);
  }

  Section section(String key) {
    return inherits(key)
        ? ancestor.orElseThrow().section(key)
        : of(
            path(key),
            value(key).orElse(null),
            problems,
            ancestor.filter(a -> a.has(key)).map(a -> a.section(key)));
  }

  /** Reads the value with a reader that throws {@link UserError} for a wrong one. */
  <T> Optional<T> get(String key, Function<ScalarNode, T> reader) {
    return inherits(key)
        ? ancestor.orElseThrow().get(key, reader)
        : value(key).flatMap(node -> scalar(path(key), node, reader));
  }

  /** The text of a value of this section itself; nothing is checked or noted. */
  Optional<String> peek(String key) {
    return value(key).filter(ScalarNode.class::isInstance).map(n -> ((ScalarNode) n).getValue());
  }

  /** As {@link #get(String, Function)}. */
  <T> T get(String key, Function<ScalarNode, T> reader, T usual) {
    return get(key, reader).orElse(usual);
  }

  /** Reads a list of one or more values; a wrong one is noted and left out. */
  <T> List<T> list(String key, Function<ScalarNode, T> reader, String ifEmpty) {
    if (inherits(key)) {
      return ancestor.orElseThrow().list(key, reader, ifEmpty);
    }
    var values = list(key, reader);
    sequence(key)
        .filter(list -> list.getValue().isEmpty())
        .ifPresent(list -> note(list, path(key) + " is an empty list; " + ifEmpty));
    return values.orElse(List.of());
  }

  /** Reads a list, which may be empty; absent if there is no such key. */
  <T> Optional<List<T>> list(String key, Function<ScalarNode, T> reader) {
    if (inherits(key)) {
      return ancestor.orElseThrow().list(key, reader);
    }
    var node = value(key);
    if (node.isPresent() && sequence(key).isEmpty()) {
      note(node.get(), "%s must be a list, not %s".formatted(path(key), NodeShape.of(node.get())));
      return Optional.empty();
    }
    return sequence(key)
        .map(
            list ->
                list.getValue().stream()
                    .flatMap(item -> scalar(path(key), item, reader).stream())
                    .toList());
  }

  /** Reads a list of mappings. */
  List<Section> sections(String key) {
    if (inherits(key)) {
      return ancestor.orElseThrow().sections(key);
    }
    var node = value(key);
    if (node.isPresent() && sequence(key).isEmpty()) {
      note(node.get(), "%s must be a list, not %s".formatted(path(key), NodeShape.of(node.get())));
    }
    var items = sequence(key).map(SequenceNode::getValue).orElse(List.of());
    return IntStream.range(0, items.size())
        .mapToObj(i -> of("%s[%d]".formatted(path(key), i), items.get(i), problems))
        .toList();
  }

  private Optional<SequenceNode> sequence(String key) {
    return value(key)
        .filter(n -> n instanceof SequenceNode && n.getTag().equals(Tag.SEQ))
        .map(SequenceNode.class::cast);
  }

  /** Reads a name that is a key here; a wrong one is noted. */
  <T> Optional<T> key(String key, Function<String, T> reader) {
    try {
      return Optional.of(reader.apply(key));
    } catch (UserError e) {
      noteKey(key, e.text());
      return Optional.empty();
    }
  }

  /** Notes that a key is missing. */
  void require(String key, String otherwise) {
    if (!has(key)) {
      problems.add(start, "%s has no %s; %s".formatted(name(), key, otherwise));
    }
  }

  /** Notes what is wrong with a value that is fine by itself. */
  void refuse(String key, String why) {
    value(key).ifPresent(node -> note(node, "%s %s".formatted(path(key), why)));
  }

  /** Notes a whole sentence at the first of the keys that stands in this section itself. */
  void note(String sentence, List<String> keys) {
    problems.add(firstOf(keys), sentence);
  }

  /** As {@link #note(String, List)}, for what is worth a look and no mistake. */
  void warn(String sentence, List<String> keys) {
    problems.warn(firstOf(keys), sentence);
  }

  private Mark firstOf(List<String> keys) {
    return keys.stream().flatMap(key -> place(key).stream()).findFirst().orElse(start);
  }

  void refuseUnknownKeys() {
    for (var key : entries.keySet()) {
      if (!asked.contains(key)) {
        noteKey(key, unknown(key));
      }
    }
  }

  private boolean inherits(String key) {
    asked.add(key);
    return !entries.containsKey(key) && ancestor.filter(a -> a.has(key)).isPresent();
  }

  private Optional<Node> value(String key) {
    asked.add(key);
    return Optional.ofNullable(entries.get(key)).map(NodeTuple::getValueNode);
  }

  private <T> Optional<T> scalar(String path, Node node, Function<ScalarNode, T> reader) {
    try {
      return Optional.of(reader.apply(NodeShape.scalar(node)));
    } catch (UserError e) {
      note(node, path + " " + e.text());
      return Optional.empty();
    }
  }

  private void note(Node node, String what) {
    problems.add(node.getStartMark(), what);
  }

  private void noteKey(String key, String what) {
    var entry = entries.get(key);
    if (entry != null) {
      note(entry.getKeyNode(), what);
    }
  }

  private String unknown(String key) {
    var file = key + "File";
    return Secrets.isKeyOfOne(key)
            && (asked.contains(file) || Suggestion.likely(asked, key).isEmpty())
        ? "%s would be a secret in clear text, which everybody can read who may see the definition; %s"
            .formatted(
                path(key),
                asked.contains(file)
                    ? "name its file by " + file
                    : "keep it in a file that only its owner can read")
        : "unknown key %s%s".formatted(Quote.of(key), Suggestion.among(asked, key));
  }

  /** For messages, as {@link #path(String)}. */
  String name() {
    return path.isEmpty() ? "the file" : path;
  }

  /** For messages only: a key may be a name of a person's own. */
  private String path(String key) {
    var shown = Quote.plain(key);
    return path.isEmpty() ? shown : path + "." + shown;
  }
}
