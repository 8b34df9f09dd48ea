package dev.gatehouse.workspace.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The operating system's user who runs all local workspaces.
 *
 * @param shell the login shell
 */
record Account(Path shell) {
  private static final Path FALLBACK = Path.of("/bin/sh");
  private static final int SHELL_FIELD = 6;

  static Account current() {
    return new Account(loginShell(System.getProperty("user.name")));
  }

  private static Path loginShell(String user) {
    for (var line : passwd()) {
      var fields = line.split(":", -1);
      if (fields.length > SHELL_FIELD && fields[0].equals(user)) {
        var shell = Path.of(fields[SHELL_FIELD]);
        return Files.isExecutable(shell) ? shell : FALLBACK;
      }
    }
    return FALLBACK;
  }

  private static List<String> passwd() {
    try {
      return Files.readAllLines(Path.of("/etc/passwd"));
    } catch (IOException e) {
      return List.of();
    }
  }
}
