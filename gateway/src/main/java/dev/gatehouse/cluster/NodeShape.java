package dev.gatehouse.cluster;

import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** What a YAML node is, in a person's words. */
final class NodeShape {
  private static final Set<Tag> KNOWN =
      Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.TIMESTAMP, Tag.MAP, Tag.SEQ);

  private NodeShape() {}

  /** Whether there is a key and no value. */
  static boolean isNothing(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  /**
   * @throws UserError if the node is no single value, or one under a tag of somebody's own
   */
  static ScalarNode scalar(Node node) {
    if (isNothing(node)) {
      throw UserError.usage("has no value; give one, or remove the key");
    }
    if (node instanceof ScalarNode scalar && KNOWN.contains(node.getTag())) {
      return scalar;
    }
    throw UserError.usage("must be a single value, not " + of(node));
  }

  static String of(Node node) {
    if (!isNothing(node) && !KNOWN.contains(node.getTag())) {
      return "a value with the tag " + Quote.of(node.getTag().getValue());
    }
    return switch (node) {
      case MappingNode _ -> "keys and values";
      case SequenceNode _ -> "a list";
      case ScalarNode scalar when isNothing(scalar) -> "nothing";
      case ScalarNode scalar -> Quote.of(scalar.getValue());
      default -> "something else";
    };
  }
}
