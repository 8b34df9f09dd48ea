package dev.gatehouse.platform.helm;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Opens Helm: the library where it has a native part, else the program. */
public final class Helms {
  private Helms() {}

  /**
   * Opens Helm on the cluster that the client talks to, and as its user.
   *
   * @param client stays the caller's
   * @param program the program {@code helm} to take, instead of the library
   */
  public static Helm open(KubernetesClient client, Optional<Path> program) {
    return new HelmReleases(commands(program, System.getenv(), System.getProperties()), client);
  }

  /** Opens what needs no cluster. */
  public static Renderer renderer(Optional<Path> program) {
    var commands = commands(program, System.getenv(), System.getProperties());
    return new Renderer() {
      @Override
      public String render(Release release) {
        return HelmReleases.render(commands, release);
      }

      @Override
      public void close() {}
    };
  }

  /**
   * @param environment of the process
   * @param system {@code os.name} and {@code os.arch}
   */
  static HelmCommands commands(
      Optional<Path> program, Map<String, String> environment, Map<?, ?> system) {
    if (program.isPresent()) {
      return HelmProgram.open(program.get());
    }
    // Asked here, so that the class is not even touched elsewhere.
    var library =
        HelmLibrary.fits(system) ? HelmLibrary.load(environment) : Optional.<HelmCommands>empty();
    return library.orElseGet(() -> HelmProgram.open(onPath(environment, system)));
  }

  private static Path onPath(Map<String, String> environment, Map<?, ?> system) {
    return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "helm"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    ExitCode.UNAVAILABLE,
                    "there is no Helm library for this machine (%s, %s): put the program helm, version 3 or 4, on the PATH"
                        .formatted(system.get("os.name"), system.get("os.arch"))));
  }
}
