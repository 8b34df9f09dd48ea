package dev.gatehouse.cluster.edit;

/** What is to stand in the definition. */
public sealed interface NewValue {
  /**
   * One word of a person's, such as {@code 4}, {@code true} or {@code 30m}. A number and a truth
   * value stay what they are, unless they replace a text; anything else that YAML would not read as
   * these characters is quoted.
   */
  record Word(String word) implements NewValue {}

  /** A text, quoted where YAML would take it for something else. */
  record Text(String text) implements NewValue {}

  /** YAML as it is to be written: a value, a list or a mapping, in flow or block style. */
  record Yaml(String yaml) implements NewValue {}
}
