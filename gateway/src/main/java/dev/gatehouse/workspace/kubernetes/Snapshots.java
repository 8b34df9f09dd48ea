package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.name.Username;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Snapshots of volumes, by the API of the external-snapshotter ({@code VolumeSnapshot}), which many
 * clusters have and some do not.
 */
final class Snapshots {
  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);
  private static final String VERSION = "snapshot.storage.k8s.io/v1";
  static final ResourceDefinitionContext KIND =
      new ResourceDefinitionContext.Builder()
          .withGroup("snapshot.storage.k8s.io")
          .withVersion("v1")
          .withKind("VolumeSnapshot")
          .withPlural("volumesnapshots")
          .withNamespaced(true)
          .build();
  private static final long LOOK_AGAIN_MILLIS = 500;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final KubernetesClient client;
  private final String namespace;
  private final Supplier<Optional<String>> snapshotClass;
  private final Duration patience;
  private final InstantSource clock;

  /**
   * @param snapshotClass that of now; the cluster's default, if empty
   * @param patience a provider copies a whole volume before a snapshot is ready
   */
  Snapshots(
      KubernetesClient client,
      String namespace,
      Supplier<Optional<String>> snapshotClass,
      Duration patience,
      InstantSource clock) {
    this.client = client;
    this.namespace = namespace;
    this.snapshotClass = snapshotClass;
    this.patience = patience;
    this.clock = clock;
  }

  /**
   * Takes one and waits until it can be restored from.
   *
   * @return its name; empty if the cluster has no snapshots
   * @throws FailureException if it is not ready in time; it may become so later
   */
  Optional<String> take(Username owner, PersistentVolumeClaim claim) throws InterruptedException {
    var wanted = wanted(owner, claim);
    var name = wanted.getMetadata().getName();
    try {
      client.genericKubernetesResources(KIND).resource(wanted).create();
    } catch (KubernetesClientException e) {
      if (KubernetesFailures.isNotFound(e)) {
        LOG.info("[no-snapshots] this cluster has no {}", VERSION);
        return Optional.empty();
      }
      throw e;
    }
    awaitReady(name);
    return Optional.of(name);
  }

  private GenericKubernetesResource wanted(Username owner, PersistentVolumeClaim claim) {
    var spec = new HashMap<String, Object>();
    spec.put("source", Map.of("persistentVolumeClaimName", claim.getMetadata().getName()));
    snapshotClass.get().ifPresent(name -> spec.put("volumeSnapshotClassName", name));
    return new GenericKubernetesResourceBuilder()
        .withApiVersion(VERSION)
        .withKind("VolumeSnapshot")
        .withNewMetadata()
        // Each try has its own: the home may have changed since the last.
        .withName(claim.getMetadata().getName() + "-" + TIME.format(clock.instant()))
        .withNamespace(namespace)
        .addToLabels(Annotations.MANAGED_BY, Annotations.GATEHOUSE)
        .addToLabels(Annotations.OWNER, ObjectName.of(owner))
        .addToAnnotations(Annotations.PERSON, owner.value())
        .endMetadata()
        .addToAdditionalProperties("spec", spec)
        .build();
  }

  private void awaitReady(String name) throws InterruptedException {
    var end = System.nanoTime() + patience.toNanos();
    var snapshot = snapshot(name).get();
    while (!isReady(snapshot)) {
      if (System.nanoTime() > end) {
        throw new FailureException(
            new Failure.Unavailable(
                "snapshot-not-ready",
                "the home stays, because its snapshot %s is not ready%s"
                    .formatted(name, error(snapshot))));
      }
      Thread.sleep(LOOK_AGAIN_MILLIS);
      snapshot = snapshot(name).get();
    }
  }

  private Resource<GenericKubernetesResource> snapshot(String name) {
    return client.genericKubernetesResources(KIND).inNamespace(namespace).withName(name);
  }

  private static boolean isReady(@Nullable GenericKubernetesResource snapshot) {
    return snapshot != null && Boolean.TRUE.equals(snapshot.get("status", "readyToUse"));
  }

  /** What the driver says; it may try again. */
  private static String error(@Nullable GenericKubernetesResource snapshot) {
    var message = snapshot == null ? null : snapshot.get("status", "error", "message");
    return message == null ? "" : ": " + Quote.plain(message.toString());
  }
}
