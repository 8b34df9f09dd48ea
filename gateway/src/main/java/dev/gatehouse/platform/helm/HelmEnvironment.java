package dev.gatehouse.platform.helm;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Environment variables that Helm heeds more than what it is told: another cluster, another user,
 * another place for its records. A program can be started without them; a library reads them from
 * the process.
 */
final class HelmEnvironment {
  private HelmEnvironment() {}

  /**
   * @throws UserError naming the variable that must not be set
   */
  static void requireClean(Map<String, String> environment) {
    new TreeMap<>(environment)
        .forEach(
            (name, value) -> {
              if (misleads(name, value)) {
                throw new UserError(
                    ExitCode.CONFIG,
                    "the environment variable %s would lead Helm to another cluster or other records; unset it"
                        .formatted(Quote.plain(name)));
              }
            });
  }

  private static boolean misleads(String name, String value) {
    var secrets = value.isEmpty() || value.equals("secret") || value.equals("secrets");
    return (name.startsWith("HELM_KUBE") && !value.isEmpty())
        || (name.equals("HELM_DRIVER") && !secrets);
  }

  /** Removes all that Helm heeds, and gives it folders of its own, so that no plugin is run. */
  static void clean(Map<String, String> environment, Path folder) {
    environment.keySet().removeIf(name -> name.startsWith("HELM_") || name.equals("KUBECONFIG"));
    environment.put("HELM_CACHE_HOME", folder.resolve("cache").toString());
    environment.put("HELM_CONFIG_HOME", folder.resolve("config").toString());
    environment.put("HELM_DATA_HOME", folder.resolve("data").toString());
  }
}
