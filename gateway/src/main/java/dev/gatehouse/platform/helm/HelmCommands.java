package dev.gatehouse.platform.helm;

import java.nio.file.Path;

/**
 * Helm's own commands, as the library and the program both have them. What goes wrong is thrown as
 * a {@link HelmError} with Helm's words. Values and kubeconfig are files that exist while the call
 * runs; values are JSON, which is YAML.
 */
interface HelmCommands {
  /**
   * What a render takes for the cluster's version, since it asks none. The library's own guess is
   * 1.20, which charts with a {@code kubeVersion} refuse.
   */
  String KUBERNETES = "1.35.0";

  String template(Release release, Path values);

  void install(Release release, Path values, Path kubeconfig);

  void upgrade(Release release, Path values, Path kubeconfig);

  void uninstall(String namespace, String name, Path kubeconfig);
}
