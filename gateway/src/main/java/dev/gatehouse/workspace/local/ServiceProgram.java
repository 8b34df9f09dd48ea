package dev.gatehouse.workspace.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The program that starts and watches over services: the same as in the toolbox, run by the shell
 * of this machine.
 *
 * @param script where it lies
 * @param running the folder of what runs in this run of the workspace
 */
record ServiceProgram(Path script, Path running) {
  /** The subsystem of SSH by which the gateway calls it. */
  static final String SUBSYSTEM = "gatehouse-service";

  private static final String NAME = "service";
  private static final Path SHELL = Path.of("/bin/sh");

  /** Writes the script into the folder, which is private to its owner. */
  static ServiceProgram install(Path folder, Path running) throws IOException {
    var script = folder.resolve(NAME);
    var draft = Files.createTempFile(folder, ".service-", "");
    try (var source = source()) {
      Files.write(draft, source.readAllBytes());
    }
    Files.move(draft, script, StandardCopyOption.ATOMIC_MOVE);
    return new ServiceProgram(script, running);
  }

  private static InputStream source() {
    return Objects.requireNonNull(
        ServiceProgram.class.getResourceAsStream(NAME), "the program of services is in the jar");
  }

  /** Without the login shell, whose start-up files take their time. */
  Launch launch(Machine machine, Map<String, String> environment) {
    var all = new HashMap<>(environment);
    all.put("GATEHOUSE_SERVICES", running.toString());
    var arguments = List.of(Launch.bytes("sh"), Launch.bytes(script.toString()));
    return new Launch(SHELL, arguments, all, machine.home());
  }
}
