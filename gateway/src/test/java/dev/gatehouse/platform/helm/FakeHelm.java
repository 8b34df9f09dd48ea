package dev.gatehouse.platform.helm;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.platform.helm.DeployedRelease.Status;
import dev.gatehouse.platform.objects.KubernetesObject;
import dev.gatehouse.platform.objects.LiveObjects;
import dev.gatehouse.platform.objects.Manifests;
import dev.gatehouse.platform.objects.Trees;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Helm, as far as a platform sees it, with charts that a test writes in Java. */
public final class FakeHelm implements Helm {
  private final LiveObjects live;
  private final Function<Release, String> charts;
  private final Map<String, List<DeployedRelease>> records = new HashMap<>();
  private final List<String> applied = new ArrayList<>();
  private @Nullable RuntimeException next;
  private int objectsBefore;

  /**
   * @param charts the manifest of a release
   */
  public FakeHelm(LiveObjects live, Function<Release, String> charts) {
    this.live = live;
    this.charts = charts;
  }

  /** The next apply fails with that, after so many objects. */
  public void failNext(RuntimeException failure, int objects) {
    next = failure;
    objectsBefore = objects;
  }

  /** The process is killed in the middle: Helm's record stays as it was then. */
  public static final class Killed extends RuntimeException {
    public Killed() {
      super("killed");
    }
  }

  /** The names of the releases that were applied, in order. */
  public List<String> applied() {
    return applied;
  }

  @Override
  public String render(Release release) {
    return charts.apply(release);
  }

  @Override
  public Optional<DeployedRelease> deployed(String namespace, String name) {
    return history(namespace, name).stream().findFirst();
  }

  @Override
  public List<DeployedRelease> history(String namespace, String name) {
    return List.copyOf(records.getOrDefault(namespace + "/" + name, List.of()));
  }

  @Override
  public DeployedRelease apply(Release release) {
    applied.add(release.name());
    var manifest = render(release);
    var before = history(release.namespace(), release.name());
    record(release, manifest, Status.PENDING, before);
    var wanted = Manifests.read(manifest, release.namespace());
    try {
      var count = 0;
      for (var object : wanted) {
        if (next != null && count++ == objectsBefore) {
          var failure = next;
          next = null;
          throw failure;
        }
        put(release, object);
      }
      remove(before, wanted);
    } catch (Killed e) {
      throw e;
    } catch (RuntimeException e) {
      record(release, manifest, Status.FAILED, before);
      throw e;
    }
    return record(release, manifest, Status.DEPLOYED, before);
  }

  @Override
  public void uninstall(String namespace, String name) {
    deployed(namespace, name)
        .ifPresent(
            release ->
                Manifests.read(release.manifest(), namespace).stream()
                    .filter(object -> !object.isKept())
                    .forEach(object -> live.delete(object.key())));
    records.remove(namespace + "/" + name);
  }

  @Override
  public void close() {}

  private void put(Release release, KubernetesObject object) {
    var there = live.get(object.key());
    var owned = owned(release, object);
    if (there.isEmpty()) {
      live.create(owned);
      return;
    }
    var ours =
        history(release.namespace(), release.name()).stream()
            .anyMatch(r -> r.manifest().contains("name: " + object.key().name()));
    if (!ours && !there.get().isOf(release.namespace(), release.name())) {
      throw new FailureException(
          new Failure.Denied("release-not-ours", object.key() + " exists and cannot be imported"));
    }
    live.merge(object.key(), owned.tree());
  }

  private void remove(List<DeployedRelease> before, List<KubernetesObject> wanted) {
    var keys = wanted.stream().map(KubernetesObject::key).toList();
    before.stream()
        .limit(1)
        .flatMap(r -> Manifests.read(r.manifest(), r.namespace()).stream())
        .filter(object -> !keys.contains(object.key()) && !object.isKept())
        .forEach(object -> live.delete(object.key()));
  }

  private DeployedRelease record(
      Release release, String manifest, Status status, List<DeployedRelease> before) {
    var revision =
        new DeployedRelease(
            release.name(),
            release.namespace(),
            before.stream().mapToInt(DeployedRelease::revision).max().orElse(0) + 1,
            status,
            String.valueOf(release.chart().getFileName()),
            "1.0.0",
            release.values(),
            manifest);
    var history = new ArrayList<>(before);
    history.addFirst(revision);
    records.put(release.namespace() + "/" + release.name(), history);
    return revision;
  }

  private static KubernetesObject owned(Release release, KubernetesObject object) {
    var tree = new LinkedHashMap<>(object.tree());
    var metadata = new LinkedHashMap<>(object.metadata());
    KubernetesObject.ownership(release.namespace(), release.name())
        .forEach(
            (key, marks) -> {
              var all = new LinkedHashMap<String, Object>();
              all.putAll(Trees.map(metadata.get(key)));
              all.putAll(Trees.map(marks));
              metadata.put(key, all);
            });
    tree.put("metadata", metadata);
    return new KubernetesObject(object.key(), tree);
  }
}
