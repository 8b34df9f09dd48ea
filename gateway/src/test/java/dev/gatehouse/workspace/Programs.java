package dev.gatehouse.workspace;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The programs that a test drives. */
final class Programs {
  private Programs() {}

  /** Where CI=true a missing program fails the test, elsewhere it skips it. */
  static void require(String... names) {
    for (var name : names) {
      if (!isInstalled(name)) {
        var message = "the program '" + name + "' is missing";
        if ("true".equals(System.getenv("CI"))) {
          fail(message);
        }
        abort(message);
      }
    }
  }

  private static boolean isInstalled(String name) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }
}
