package dev.gatehouse.cluster.edit;

/** One change of the definition. */
public sealed interface Edit {
  ValuePath path();

  /** Gives a key a value; the key and those above it are made where they are missing. */
  record Put(ValuePath path, NewValue value) implements Edit {}

  /** Adds an item to the end of a list, which is made where it is missing. */
  record Add(ValuePath path, NewValue value) implements Edit {}

  /**
   * Removes a key or an item of a list, with the comments that belong to it: the comment lines
   * directly above it that begin where it begins (but not those with which the file begins), and
   * those below it that are indented deeper. Of blank lines on both sides one side stays.
   */
  record Remove(ValuePath path) implements Edit {}
}
