package dev.gatehouse.platform.helm;

import java.util.List;
import java.util.Optional;

/**
 * What the platform needs of Helm. Each call blocks; one at a time.
 *
 * <p>Everything throws {@link dev.gatehouse.failure.FailureException} with Helm's or the API
 * server's own words: unavailable, denied and broken are told apart.
 */
public interface Helm extends AutoCloseable {
  /**
   * Renders a chart without asking a cluster.
   *
   * @return the manifests, as YAML documents
   * @throws dev.gatehouse.failure.UserError if the chart's schema refuses a value
   */
  String render(Release release);

  /** The newest revision of a release, whatever its status. */
  Optional<DeployedRelease> deployed(String namespace, String name);

  /** All revisions of a release that are kept, the newest first. */
  List<DeployedRelease> history(String namespace, String name);

  /**
   * Installs the release, or upgrades it. Does not wait until what it made is ready. A revision
   * whose process died in the middle (pending) does not keep it from going on.
   */
  DeployedRelease apply(Release release);

  /** Removes a release and what it made, but what its chart keeps. */
  void uninstall(String namespace, String name);

  @Override
  void close();
}
