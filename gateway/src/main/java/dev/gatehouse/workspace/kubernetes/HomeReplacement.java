package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.name.SnapshotName;
import dev.gatehouse.name.Username;
import dev.gatehouse.workspace.HomeSnapshot;
import dev.gatehouse.workspace.HomeSnapshot.Origin;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a snapshot in the place of a home. A claim cannot be filled anew, so it is deleted and made
 * from the snapshot. Wherever that is cut off, nothing is lost:
 *
 * <ul>
 *   <li>before the deletion the home is as it was, and a hold on it runs out by itself;
 *   <li>what it was is in a snapshot that was ready before the deletion, and no workspace could
 *       write since: each start looks for the hold, and the API server refuses the deletion of a
 *       claim that anybody has changed;
 *   <li>after the deletion, a mark on the snapshot has the next start make the home from it.
 * </ul>
 */
final class HomeReplacement {
  private static final Logger LOG = LoggerFactory.getLogger(HomeReplacement.class);
  private static final Duration GONE_WITHIN = Duration.ofMinutes(1);

  private final HomeClaims claims;
  private final Snapshots snapshots;
  private final Consumer<Username> requireUnused;

  /**
   * @param requireUnused throws if one of the person's workspaces runs
   */
  HomeReplacement(HomeClaims claims, Snapshots snapshots, Consumer<Username> requireUnused) {
    this.claims = claims;
    this.snapshots = snapshots;
    this.requireUnused = requireUnused;
  }

  /** Returns the snapshot of what was there; empty if there was nothing. */
  Optional<HomeSnapshot> run(Username owner, SnapshotName name) throws InterruptedException {
    var source = snapshots.requireReady(owner, name);
    requireUnused.accept(owner);
    var claim = claims.find(owner);
    var kept =
        claim.isPresent() ? removed(owner, claim.get(), source) : Optional.<HomeSnapshot>empty();
    var _ = claims.create(owner, Optional.of(source));
    snapshots.mark(name, null);
    LOG.info(
        "[home-restored] {} from {}, before it: {}",
        owner,
        name,
        kept.map(k -> k.name().value()).orElse("nothing"));
    return kept;
  }

  private Optional<HomeSnapshot> removed(
      Username owner, PersistentVolumeClaim claim, HomeSnapshot source)
      throws InterruptedException {
    var held = claims.hold(claim);
    var isMarked = false;
    try {
      var kept = kept(owner, held);
      requireUnused.accept(owner);
      snapshots.mark(source.name(), claim.getMetadata().getUid());
      isMarked = true;
      delete(owner, claim.getMetadata().getUid());
      return kept;
    } catch (RuntimeException | InterruptedException e) {
      letGo(claim, source, isMarked);
      throw e;
    }
  }

  /** A home that no workspace has ever mounted has no volume, and nothing is in it. */
  private Optional<HomeSnapshot> kept(Username owner, PersistentVolumeClaim held)
      throws InterruptedException {
    if (!HomeClaims.isBound(held)) {
      return Optional.empty();
    }
    var kept =
        snapshots.take(
            owner,
            held,
            Origin.RESTORE,
            () -> {
              var _ = claims.hold(held);
            });
    if (kept.isEmpty()) {
      throw Snapshots.none();
    }
    return kept;
  }

  private void delete(Username owner, String uid) {
    var now = claims.find(owner).filter(c -> c.getMetadata().getUid().equals(uid));
    if (now.filter(claims::isHeld).isEmpty()) {
      throw changed();
    }
    try {
      var _ =
          claims
              .of(owner)
              .lockResourceVersion(now.get().getMetadata().getResourceVersion())
              .delete();
    } catch (KubernetesClientException e) {
      if (KubernetesFailures.isConflict(e)) {
        throw changed();
      }
      throw e;
    }
    DeletionWait.await(claims.of(owner), GONE_WITHIN);
  }

  private static FailureException changed() {
    return new FailureException(
        new Failure.Unavailable(
            "home-changed",
            "somebody has used the home meanwhile, so it stays as it is; try again"));
  }

  /** As far as it was not deleted: then the mark stays, and the next start makes it. */
  private void letGo(PersistentVolumeClaim claim, HomeSnapshot source, boolean isMarked) {
    try {
      var now = claims.find(source.owner());
      if (now.isPresent() && now.get().getMetadata().getDeletionTimestamp() == null) {
        if (isMarked) {
          snapshots.mark(source.name(), null);
        }
        claims.release(claim);
      }
    } catch (RuntimeException e) {
      LOG.debug("the hold on {} runs out by itself", claim.getMetadata().getName(), e);
    }
  }
}
