package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.cluster.ByteQuantity;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.name.Username;
import dev.gatehouse.workspace.HomeInfo;
import dev.gatehouse.workspace.HomeSnapshot;
import dev.gatehouse.workspace.HomeSnapshot.Origin;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimCondition;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimStatus;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** People's homes: what there is, and their end. Calls block. */
final class Homes {
  private static final Logger LOG = LoggerFactory.getLogger(Homes.class);
  private static final Duration GONE_WITHIN = Duration.ofMinutes(1);

  private final HomeClaims claims;
  private final Snapshots snapshots;
  private final Supplier<ByteQuantity> size;

  /**
   * @param size that the definition says now
   */
  Homes(HomeClaims claims, Snapshots snapshots, Supplier<ByteQuantity> size) {
    this.size = size;
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

  private HomeInfo info(Username owner, PersistentVolumeClaim claim) {
    var given =
        Optional.ofNullable(claim.getStatus())
            .map(PersistentVolumeClaimStatus::getCapacity)
            .map(capacity -> capacity.get(HomeClaims.STORAGE));
    var requested = HomeClaims.requested(claim);
    return new HomeInfo(
        owner,
        claim.getMetadata().getName(),
        given.orElse(requested).toString(),
        growth(claim, given, requested));
  }

  /** What is to be known of a size that is not what the definition says. */
  private Optional<String> growth(
      PersistentVolumeClaim claim, Optional<Quantity> given, Quantity requested) {
    var wanted = size.get();
    if (HomeGrowth.isSmaller(requested, wanted)) {
      return Optional.of(
          Annotations.annotation(claim, Annotations.NOT_GROWN)
              .map(why -> "does not grow to %s: %s".formatted(wanted, why))
              .orElse("grows to %s soon".formatted(wanted)));
    }
    if (given
        .filter(g -> HomeClaims.bytes(g).compareTo(HomeClaims.bytes(requested)) < 0)
        .isPresent()) {
      return Optional.of("grows to %s%s".formatted(requested, obstacle(claim)));
    }
    return HomeClaims.bytes(requested).compareTo(HomeClaims.bytes(new Quantity(wanted.text()))) > 0
        ? Optional.of(
            "is larger than the definition says, %s; homes do not shrink".formatted(wanted))
        : Optional.empty();
  }

  private static String obstacle(PersistentVolumeClaim claim) {
    return Optional.ofNullable(claim.getStatus()).stream()
        .flatMap(status -> status.getConditions().stream())
        .filter(condition -> "True".equals(condition.getStatus()))
        .map(Homes::words)
        .filter(words -> !words.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static String words(PersistentVolumeClaimCondition condition) {
    return switch (String.valueOf(condition.getType())) {
      case "FileSystemResizePending" -> " when a workspace starts next";
      case "ControllerResizeError", "NodeResizeError" ->
          "; the storage says: " + Quote.plain(String.valueOf(condition.getMessage()));
      default -> "";
    };
  }
}
