package dev.gatehouse.install;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where Gatehouse is installed: the folder that holds {@code config/}. The launcher says which.
 *
 * @param home the folder
 */
public record Installation(Path home) {
  private static final String PROPERTY = "gatehouse.home";

  public static Installation find() {
    var home = Path.of(System.getProperty(PROPERTY, ".")).toAbsolutePath().normalize();
    if (!Files.isDirectory(home.resolve("config"))) {
      throw new UserError(
          ExitCode.NOINPUT,
          "%s holds no folder config; start me by gateway/bin/gatehouse, or set -D%s"
              .formatted(home, PROPERTY));
    }
    return new Installation(home);
  }

  /** The folder of the charts. */
  public Path charts() {
    return home.resolve("k8s");
  }

  public Path config(String name) {
    return home.resolve("config").resolve(name);
  }
}
