package dev.gatehouse.training;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.platform.helm.DeployedRelease;
import dev.gatehouse.platform.helm.Helm;
import dev.gatehouse.platform.helm.Release;
import java.util.List;
import java.util.Optional;

/**
 * Does nothing in a training: Helm's library has threads and signal handlers of its own, which must
 * not be there when the JVM writes its cache.
 */
final class NoHelm implements Helm {
  @Override
  public Optional<DeployedRelease> deployed(String namespace, String name) {
    return Optional.empty();
  }

  @Override
  public List<DeployedRelease> history(String namespace, String name) {
    return List.of();
  }

  @Override
  public DeployedRelease apply(Release release) {
    throw none();
  }

  @Override
  public void uninstall(String namespace, String name) {
    throw none();
  }

  @Override
  public String render(Release release) {
    throw none();
  }

  @Override
  public void close() {}

  private static FailureException none() {
    return new FailureException(
        new Failure.Unavailable("helm-failed", "there is no Helm in a training"));
  }
}
