package dev.gatehouse.workspace.local;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to start.
 *
 * @param arguments begins with the program's own name; one that a client sent need not be UTF-8
 */
record Launch(
    Path program, List<byte[]> arguments, Map<String, String> environment, Path directory) {
  /** {@code NAME=value}, each. */
  List<byte[]> environmentLines() {
    return environment.entrySet().stream()
        .map(e -> bytes(e.getKey() + "=" + e.getValue()))
        .toList();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
