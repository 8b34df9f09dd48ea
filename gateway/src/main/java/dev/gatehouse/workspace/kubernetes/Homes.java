package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.name.Username;
import dev.gatehouse.workspace.HomeInfo;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** People's homes: what there is, and their end. Calls block. */
final class Homes {
  private static final Logger LOG = LoggerFactory.getLogger(Homes.class);
  private static final String STORAGE = "storage";
  private static final Duration GONE_WITHIN = Duration.ofMinutes(1);

  private final KubernetesClient client;
  private final String namespace;
  private final Snapshots snapshots;

  Homes(KubernetesClient client, String namespace, Snapshots snapshots) {
    this.client = client;
    this.namespace = namespace;
    this.snapshots = snapshots;
  }

  Optional<HomeInfo> of(Username owner) {
    return Optional.ofNullable(claim(owner).get()).map(claim -> info(owner, claim));
  }

  /**
   * Deletes one that no pod mounts, after a snapshot of it.
   *
   * @return the snapshot's name; empty where none can be made, or nothing was ever written
   */
  Optional<String> delete(Username owner) throws InterruptedException {
    var claim = claim(owner).get();
    if (claim == null) {
      return Optional.empty();
    }
    var snapshot = isBound(claim) ? snapshots.take(owner, claim) : Optional.<String>empty();
    claim(owner).delete();
    LOG.info("[home-deleted] {}, snapshot: {}", owner, snapshot.orElse("none"));
    // The next start makes a new one of the same name.
    DeletionWait.await(claim(owner), GONE_WITHIN);
    return snapshot;
  }

  /** Refused while a pod may write to it. */
  static FailureException inUse(String workspaces) {
    return new FailureException(
        new Failure.Denied(
            "home-in-use", "the home is in use by %s; stop that first".formatted(workspaces)));
  }

  private Resource<PersistentVolumeClaim> claim(Username owner) {
    return client.persistentVolumeClaims().inNamespace(namespace).withName(ObjectName.home(owner));
  }

  private static HomeInfo info(Username owner, PersistentVolumeClaim claim) {
    var given =
        Optional.ofNullable(claim.getStatus())
            .map(PersistentVolumeClaimStatus::getCapacity)
            .orElse(Map.of());
    var size =
        given.getOrDefault(STORAGE, claim.getSpec().getResources().getRequests().get(STORAGE));
    return new HomeInfo(owner, claim.getMetadata().getName(), String.valueOf(size));
  }

  /** Where storage waits for its first pod, a claim may have no volume yet. */
  private static boolean isBound(PersistentVolumeClaim claim) {
    return claim.getStatus() != null && "Bound".equals(claim.getStatus().getPhase());
  }
}
