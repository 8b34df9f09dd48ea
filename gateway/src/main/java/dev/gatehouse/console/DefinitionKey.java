package dev.gatehouse.console;

import dev.gatehouse.cluster.edit.ValuePath;

/** Where something stands in the definition, such as {@code machineTypes.gpu.cpu}. */
public record DefinitionKey(ValuePath path) {
  DefinitionKey(String word) {
    this(ValuePath.parse(word));
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
