package dev.gatehouse.platform.helm;

import dev.gatehouse.testkit.Programs;
import java.nio.file.Path;

/** Helm 4, which would change objects by server-side apply if it were let. */
final class HelmFourProgramIT extends HelmContract {
  private static final Path PROGRAM = Path.of("target/helm4/helm").toAbsolutePath();

  @Override
  HelmCommands commands() {
    return HelmProgram.open(Programs.requireFile(PROGRAM, "bash", ".ci/helm4"));
  }
}
