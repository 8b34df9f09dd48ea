package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.directory.Person;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.SnapshotName;
import dev.gatehouse.name.Username;
import dev.gatehouse.workspace.HomeSnapshot;
import dev.gatehouse.workspace.HomeSnapshot.Origin;
import dev.gatehouse.workspace.HomeSnapshots;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Snapshots of homes by the CSI driver. */
final class KubernetesSnapshots implements HomeSnapshots {
  private static final Logger LOG = LoggerFactory.getLogger(KubernetesSnapshots.class);

  private final HomeClaims claims;
  private final Snapshots snapshots;
  private final HomeReplacement replacement;
  private final HomeCopy copy;

  KubernetesSnapshots(
      HomeClaims claims, Snapshots snapshots, HomeReplacement replacement, HomeCopy copy) {
    this.claims = claims;
    this.snapshots = snapshots;
    this.replacement = replacement;
    this.copy = copy;
  }

  @Override
  public List<HomeSnapshot> of(Username owner) {
    try {
      return snapshots.of(owner);
    } catch (KubernetesClientException e) {
      throw KubernetesFailures.of(e);
    }
  }

  @Override
  public CompletionStage<HomeSnapshot> create(Username owner) {
    return Later.answer(
        "snapshot-" + owner,
        () -> {
          var taken =
              snapshots
                  .take(owner, requireWritten(owner), Origin.PERSON, () -> {})
                  .orElseThrow(Snapshots::none);
          LOG.info("[snapshot-taken] {} of {}", taken.name(), owner);
          return taken;
        });
  }

  private PersistentVolumeClaim requireWritten(Username owner) {
    return claims
        .find(owner)
        .filter(HomeClaims::isBound)
        .orElseThrow(
            () ->
                new UserError(
                    ExitCode.DATAERR,
                    "%s has no home yet; the first start of a workspace makes it"
                        .formatted(owner)));
  }

  @Override
  public CompletionStage<Void> delete(Username owner, SnapshotName name) {
    return Later.run(
        "delete-" + name,
        () -> {
          var _ = snapshots.require(owner, name);
          snapshots.delete(name);
          LOG.info("[snapshot-deleted] {} of {}", name, owner);
        });
  }

  @Override
  public CompletionStage<String> copy(Person owner, SnapshotName name) {
    return Later.answer(
        "copy-" + name,
        () -> {
          var home = requireWritten(owner.username());
          var snapshot = snapshots.requireReady(owner.username(), name);
          return copy.run(owner, home, snapshot);
        });
  }

  @Override
  public CompletionStage<Optional<HomeSnapshot>> replace(Username owner, SnapshotName name) {
    return Later.answer("replace-" + owner, () -> replacement.run(owner, name));
  }
}
