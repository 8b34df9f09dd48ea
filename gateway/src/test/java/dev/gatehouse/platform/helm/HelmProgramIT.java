package dev.gatehouse.platform.helm;

import dev.gatehouse.testkit.Programs;
import java.nio.file.Path;

/** Helm 3. */
final class HelmProgramIT extends HelmContract {
  static final Path PROGRAM = Path.of("target/helm/helm").toAbsolutePath();

  @Override
  HelmCommands commands() {
    return HelmProgram.open(Programs.requireFile(PROGRAM, "bash", ".ci/helm"));
  }
}
