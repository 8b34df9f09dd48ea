package dev.gatehouse.console;

/** Where something stands in the definition, such as {@code machineTypes.gpu.cpu}. */
public record DefinitionKey(String path) {
  @Override
  public String toString() {
    return path;
  }
}
