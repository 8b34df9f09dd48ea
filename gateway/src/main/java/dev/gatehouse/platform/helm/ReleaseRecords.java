package dev.gatehouse.platform.helm;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.Quote;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Helm's records of releases, read and deleted without Helm: the Secrets of one namespace. */
final class ReleaseRecords {
  private static final String TYPE = "helm.sh/release.v1";

  private final KubernetesClient client;

  ReleaseRecords(KubernetesClient client) {
    this.client = client;
  }

  /** Returns all revisions, the newest first. */
  List<DeployedRelease> list(String namespace, String name) {
    return secrets(namespace, name).stream().map(ReleaseRecords::decode).toList();
  }

  Optional<DeployedRelease> newest(String namespace, String name) {
    return secrets(namespace, name).stream().findFirst().map(ReleaseRecords::decode);
  }

  void delete(DeployedRelease release) {
    asking(
        () ->
            client
                .secrets()
                .inNamespace(release.namespace())
                .withName(secret(release.name(), release.revision()))
                .delete());
  }

  /** Deletes all but the newest; the one that is deployed stays, whatever its age. */
  void keep(String namespace, String name, int most) {
    secrets(namespace, name).stream()
        .skip(most)
        .filter(s -> !"deployed".equals(label(s, "status")))
        .forEach(s -> asking(() -> client.secrets().resource(s).delete()));
  }

  static String secret(String name, int revision) {
    return "sh.helm.release.v1.%s.v%d".formatted(name, revision);
  }

  private List<Secret> secrets(String namespace, String name) {
    return asking(
        () ->
            client
                .secrets()
                .inNamespace(namespace)
                .withLabels(Map.of("owner", "helm", "name", name))
                .list()
                .getItems()
                .stream()
                .filter(s -> TYPE.equals(s.getType()))
                .sorted(Comparator.comparingInt(ReleaseRecords::revision).reversed())
                .toList());
  }

  private static DeployedRelease decode(Secret secret) {
    try {
      return ReleaseCodec.decode(secret.getData().getOrDefault("release", ""));
    } catch (IOException e) {
      throw new FailureException(
          new Failure.Broken(
              "release-unreadable",
              "Secret %s in namespace %s is no record of Helm's: %s; restore it, or delete it"
                  .formatted(
                      secret.getMetadata().getName(),
                      secret.getMetadata().getNamespace(),
                      Quote.plain(String.valueOf(e.getMessage())))),
          e);
    }
  }

  private static int revision(Secret secret) {
    var text = label(secret, "version");
    return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
  }

  private static String label(Secret secret, String key) {
    return Optional.ofNullable(secret.getMetadata().getLabels())
        .map(labels -> labels.get(key))
        .orElse("");
  }

  private static <T> T asking(Supplier<T> question) {
    try {
      return question.get();
    } catch (KubernetesClientException e) {
      throw HelmFailures.of(e);
    }
  }
}
