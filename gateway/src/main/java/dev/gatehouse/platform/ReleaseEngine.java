package dev.gatehouse.platform;

import dev.gatehouse.platform.ObjectChange.Action;
import dev.gatehouse.platform.Part.ReleasePart;
import dev.gatehouse.platform.helm.DeployedRelease;
import dev.gatehouse.platform.helm.DeployedRelease.Status;
import dev.gatehouse.platform.helm.Helm;
import dev.gatehouse.platform.helm.Release;
import dev.gatehouse.platform.objects.KubernetesObject;
import dev.gatehouse.platform.objects.LiveObjects;
import dev.gatehouse.platform.objects.Manifests;
import dev.gatehouse.platform.objects.ObjectKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Installs and upgrades charts by Helm, which merges from the same three sides as a plan compares;
 * what Helm cannot change it finds deleted, and makes anew.
 */
final class ReleaseEngine implements Engine<ReleasePart> {
  private final Helm helm;
  private final LiveObjects live;
  private final Rollouts rollouts;
  private final boolean isAdopting;

  /**
   * @param isAdopting whether objects that no release claims become those of a release that has
   *     them
   */
  ReleaseEngine(Helm helm, LiveObjects live, Rollouts rollouts, boolean isAdopting) {
    this.helm = helm;
    this.live = live;
    this.rollouts = rollouts;
    this.isAdopting = isAdopting;
  }

  @Override
  public PartPlan plan(ReleasePart part) {
    var release = part.release();
    var history = helm.history(release.namespace(), release.name());
    var wanted = wanted(release);
    var applied = applied(history);
    var changes = new ArrayList<ObjectChange>();
    for (var object : wanted) {
      var before =
          applied.stream()
              .filter(a -> a.containsKey(object.key()))
              .map(a -> a.get(object.key()))
              .toList();
      change(release, before, object).ifPresent(changes::add);
    }
    changes.addAll(gone(applied, wanted));
    return new PartPlan(part, List.copyOf(changes), unfinished(history));
  }

  @Override
  public void apply(ReleasePart part, PartPlan plan, Consumer<String> waits)
      throws InterruptedException {
    var release = part.release();
    if (!plan.isEmpty()) {
      for (var change : plan.changes()) {
        prepare(release, change, waits);
      }
      var _ = helm.apply(release);
    }
    // Also without a change: an earlier apply may have died while it waited.
    rollouts.await(wanted(release), waits);
  }

  private void prepare(Release release, ObjectChange change, Consumer<String> waits)
      throws InterruptedException {
    if (change.action() == Action.REPLACE) {
      live.delete(change.object());
      rollouts.awaitGone(change.object(), waits);
    } else if (change.action() == Action.CHANGE && change.note().isPresent()) {
      live.merge(
          change.object(),
          Map.of("metadata", KubernetesObject.ownership(release.namespace(), release.name())));
    }
  }

  private Optional<ObjectChange> change(
      Release release, List<KubernetesObject> applied, KubernetesObject wanted) {
    var there = live.get(wanted.key());
    if (there.isEmpty()) {
      return Optional.of(ObjectChange.create(wanted.key()));
    }
    var object = there.get();
    if (object.isEnding()) {
      return Optional.of(ObjectChange.create(wanted.key()).refused(Ownership.ending(wanted.key())));
    }
    var fields = ObjectDiff.between(applied, wanted, object);
    var isOurs =
        !applied.isEmpty()
            || object.isOf(release.namespace(), release.name())
            || isOwnNamespace(release, object);
    if (isOurs) {
      return fields.isEmpty()
          ? Optional.empty()
          : Optional.of(Immutability.of(ObjectChange.change(wanted.key(), fields), object));
    }
    var taken = ObjectChange.change(wanted.key(), fields).noted("taken over");
    return Optional.of(
        isAdopting && Ownership.isFree(object)
            ? Immutability.of(taken, object)
            : taken.refused(Ownership.others(object)));
  }

  /** One that was made by hand is taken over by the part before ({@link NamespaceEngine}). */
  private static boolean isOwnNamespace(Release release, KubernetesObject object) {
    return object.key().kind().equals("Namespace")
        && object.key().name().equals(release.namespace())
        && Ownership.isFree(object);
  }

  /** What Helm deletes, because the chart does not have it any more. */
  private List<ObjectChange> gone(
      List<Map<ObjectKey, KubernetesObject>> applied, List<KubernetesObject> wanted) {
    var keys = new TreeSet<ObjectKey>();
    applied.forEach(a -> keys.addAll(a.keySet()));
    wanted.forEach(w -> keys.remove(w.key()));
    return keys.stream()
        .flatMap(key -> live.get(key).stream())
        .filter(object -> !object.isKept() && !object.isEnding())
        .map(object -> ObjectChange.delete(object.key()))
        .toList();
  }

  private List<KubernetesObject> wanted(Release release) {
    return Manifests.read(helm.render(release), release.namespace()).stream()
        .filter(object -> !object.isHook())
        .toList();
  }

  /** What was applied since an apply succeeded last, that one included: the newest first. */
  private static List<Map<ObjectKey, KubernetesObject>> applied(List<DeployedRelease> history) {
    var applied = new ArrayList<Map<ObjectKey, KubernetesObject>>();
    for (var revision : history) {
      if (revision.status() == Status.UNINSTALLED) {
        break;
      }
      var objects = new LinkedHashMap<ObjectKey, KubernetesObject>();
      Manifests.read(revision.manifest(), revision.namespace()).stream()
          .filter(object -> !object.isHook())
          .forEach(object -> objects.put(object.key(), object));
      applied.add(objects);
      if (revision.status() == Status.DEPLOYED || revision.status() == Status.SUPERSEDED) {
        break;
      }
    }
    return applied;
  }

  private static Optional<String> unfinished(List<DeployedRelease> history) {
    if (history.isEmpty()) {
      return Optional.of("it is not installed");
    }
    return switch (history.getFirst().status()) {
      case DEPLOYED -> Optional.empty();
      case FAILED -> Optional.of("its last apply failed");
      case PENDING -> Optional.of("its last apply did not end");
      case UNINSTALLING -> Optional.of("its removal did not end");
      case UNINSTALLED -> Optional.of("it was removed");
      case SUPERSEDED, OTHER -> Optional.of("Helm does not say that it is installed");
    };
  }
}
