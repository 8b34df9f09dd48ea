package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.name.Username;
import dev.gatehouse.workspace.HomeInfo;
import dev.gatehouse.workspace.HomeSnapshot;
import dev.gatehouse.workspace.HomeSnapshot.Origin;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimStatus;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** People's homes: what there is, and their end. Calls block. */
final class Homes {
  private static final Logger LOG = LoggerFactory.getLogger(Homes.class);
  private static final Duration GONE_WITHIN = Duration.ofMinutes(1);

  private final HomeClaims claims;
  private final Snapshots snapshots;

  Homes(HomeClaims claims, Snapshots snapshots) {
    this.claims = claims;
    this.snapshots = snapshots;
  }

  Optional<HomeInfo> of(Username owner) {
    return claims.find(owner).map(claim -> info(owner, claim));
  }

  /**
   * Deletes one that no pod mounts, after a snapshot of it.
   *
   * @return the snapshot's name; empty where none can be made, or nothing was ever written
   */
  Optional<String> delete(Username owner) throws InterruptedException {
    // One that a restore left behind would fill the next home, which is to be a new one.
    snapshots.marked(owner).ifPresent(marked -> snapshots.mark(marked.name(), null));
    var claim = claims.find(owner);
    if (claim.isEmpty()) {
      return Optional.empty();
    }
    var snapshot =
        HomeClaims.isBound(claim.get())
            ? snapshots.take(owner, claim.get(), Origin.DELETION, () -> {})
            : Optional.<HomeSnapshot>empty();
    claims.of(owner).delete();
    var name = snapshot.map(s -> s.name().value());
    LOG.info("[home-deleted] {}, snapshot: {}", owner, name.orElse("none"));
    // The next start makes a new one of the same name.
    DeletionWait.await(claims.of(owner), GONE_WITHIN);
    return name;
  }

  /** Refused while a pod may write to it. */
  static FailureException inUse(String workspaces) {
    return new FailureException(
        new Failure.Denied(
            "home-in-use", "the home is in use by %s; stop that first".formatted(workspaces)));
  }

  private static HomeInfo info(Username owner, PersistentVolumeClaim claim) {
    var given =
        Optional.ofNullable(claim.getStatus())
            .map(PersistentVolumeClaimStatus::getCapacity)
            .orElse(Map.of());
    var size =
        given.getOrDefault(
            HomeClaims.STORAGE,
            claim.getSpec().getResources().getRequests().get(HomeClaims.STORAGE));
    return new HomeInfo(owner, claim.getMetadata().getName(), String.valueOf(size));
  }
}
