package dev.gatehouse.workspace.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the login shell is called. */
final class Shell {
  private Shell() {}

  /** A login shell (its own name begins with '-'), or the shell with a command, as sshd does. */
  static Launch launch(
      Machine machine, byte @Nullable [] command, Map<String, String> environment) {
    var shell = machine.account().shell();
    return new Launch(shell, arguments(shell, command), environment, machine.home());
  }

  private static List<byte[]> arguments(Path shell, byte @Nullable [] command) {
    var name = shell.getFileName();
    return command == null
        ? List.of(Launch.bytes("-" + name))
        : List.of(Launch.bytes("" + name), Launch.bytes("-c"), command);
  }
}
