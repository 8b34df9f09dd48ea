package dev.gatehouse.workspace.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to start.
 *
 * @param arguments begins with the program's own name
 */
record Launch(
    Path program, List<String> arguments, Map<String, String> environment, Path directory) {
  List<String> environmentLines() {
    return environment.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
  }
}
