package dev.gatehouse.platform.helm;

import java.util.List;
import java.util.Optional;

/**
 * What the platform needs of Helm. Each call blocks; one at a time.
 *
 * <p>Everything throws {@link dev.gatehouse.failure.FailureException}: unavailable, denied and
 * broken are told apart, and the message has Helm's or the API server's own words.
 */
public interface Helm extends Renderer {
  /** Returns the newest revision of a release, whatever its status. Needs to list Secrets only. */
  Optional<DeployedRelease> deployed(String namespace, String name);

  /**
   * Returns all revisions of a release that are kept, the newest first. Needs to list Secrets only.
   */
  List<DeployedRelease> history(String namespace, String name);

  /**
   * Installs the release, or upgrades it; adopts objects that carry Helm's ownership of this
   * release. Does not wait until what it made is ready. A revision whose process died in the middle
   * (pending) does not keep it from going on, so nobody else may be changing the release meanwhile:
   * the caller holds the Lease {@code gatehouse-apply}. At most {@value HelmReleases#KEPT}
   * revisions are kept.
   *
   * @throws dev.gatehouse.failure.FailureException with an {@link ImmutableFieldException} as its
   *     cause, if an object would have to be replaced
   */
  DeployedRelease apply(Release release);

  /**
   * Removes a release and what it made, but what its chart keeps. A release that is not there is
   * removed already.
   */
  void uninstall(String namespace, String name);
}
