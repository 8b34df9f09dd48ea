package dev.gatehouse.cluster.edit;

import java.util.List;

/**
 * A piece of a YAML text and its place: the first character, and the one behind the last that
 * belongs to it. Unlike YAML's own mark, the end of a block excludes what follows it.
 */
sealed interface Part {
  /** Returns no value, at the beginning of a text. */
  static Part nothing() {
    return new Scalar(0, 0, Content.NULL, "", Scalar.PLAIN);
  }

  int start();

  int end();

  /** A single value; an empty one is as long as nothing. */
  record Scalar(int start, int end, String tag, String value, char style) implements Part {
    static final char PLAIN = ' ';

    boolean isNothing() {
      return tag.equals(Content.NULL);
    }

    boolean isBlock() {
      return style == '|' || style == '>';
    }

    boolean isQuoted() {
      return style == '\'' || style == '"';
    }
  }

  /** The name of a part that stands further up. */
  record Alias(int start, int end, Part target) implements Part {}

  record Sequence(int start, int end, String tag, boolean flow, List<Part> items) implements Part {}

  record Mapping(int start, int end, String tag, boolean flow, List<Entry> entries)
      implements Part {}

  record Entry(Part key, Part value) {
    boolean isFor(String name) {
      return key instanceof Scalar scalar && scalar.value().equals(name);
    }

    /** The end of the value, or of the key if there is no value. */
    int end() {
      return Math.max(key.end(), value.end());
    }
  }

  default Content content() {
    return switch (this) {
      case Scalar s -> new Content.Scalar(s.tag(), s.value());
      case Alias a -> a.target().content();
      case Sequence s ->
          new Content.Sequence(s.tag(), s.items().stream().map(Part::content).toList());
      case Mapping m ->
          new Content.Mapping(
              m.tag(),
              m.entries().stream()
                  .map(e -> new Content.Pair(e.key().content(), e.value().content()))
                  .toList());
    };
  }
}
