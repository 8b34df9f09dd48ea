package dev.gatehouse.cluster;

/**
 * Something in a definition that is worth a look, and no mistake.
 *
 * @param file as it was called when it was read
 * @param line counts from 1
 * @param column counts from 1
 */
public record Remark(String file, int line, int column, String what) {
  @Override
  public String toString() {
    return "%s:%d:%d: %s".formatted(file, line, column, what);
  }
}
