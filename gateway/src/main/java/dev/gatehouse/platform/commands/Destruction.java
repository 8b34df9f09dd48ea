package dev.gatehouse.platform.commands;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.platform.Desired;
import dev.gatehouse.platform.Part;
import dev.gatehouse.platform.Part.GonePool;
import dev.gatehouse.platform.Plan;
import dev.gatehouse.platform.Platform;
import dev.gatehouse.platform.Progress;
import dev.gatehouse.platform.helm.Helm;
import dev.gatehouse.platform.objects.KubernetesObject;
import dev.gatehouse.platform.objects.LiveObjects;
import dev.gatehouse.platform.objects.ObjectKey;
import dev.gatehouse.platform.pools.MadePools;
import dev.gatehouse.platform.revisions.RevisionObjects;
import dev.gatehouse.platform.secrets.DirectorySecrets;
import dev.gatehouse.platform.status.StatusConfigMap;
import dev.gatehouse.platform.values.GuardRails;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What a destruction deletes, in its order: whoever would make it anew goes first. */
final class Destruction {
  private static final String GATEHOUSE = "app.kubernetes.io/managed-by=gatehouse";
  private static final String BACKUPS = "directory-backup";

  private final Helm helm;
  private final LiveObjects live;
  private final String namespace;
  private final String workspaces;
  private final Set<Kept> named;
  private final Platform platform;
  private final List<Part> pools;

  /**
   * @param named what is deleted although it holds data
   */
  Destruction(
      Platform platform,
      Helm helm,
      LiveObjects live,
      ClusterDefinition definition,
      Set<Kept> named) {
    this.platform = platform;
    this.helm = helm;
    this.live = live;
    this.namespace = Desired.namespace(definition);
    this.workspaces = definition.kubernetes().namespace();
    this.named = named;
    this.pools =
        new MadePools(live, namespace)
            .all().entrySet().stream()
                .<Part>map(p -> new GonePool(p.getKey(), p.getValue(), definition.cloud()))
                .toList();
  }

  /** The pools that the platform has made; their nodes go. */
  List<String> pools() {
    return platform.plan(pools).parts().stream()
        .flatMap(part -> part.changes().stream())
        .map(change -> change.object().name() + change.note().map(" (%s)"::formatted).orElse(""))
        .toList();
  }

  boolean isNothing() {
    return releases().isEmpty() && objects().isEmpty();
  }

  /** What is deleted, for people. */
  List<String> lines() {
    return Stream.of(
            releases().stream().map(release -> "  release " + release),
            pools().stream().map(pool -> "  the nodes of pool " + pool),
            objects().stream().map(object -> "  " + object))
        .flatMap(lines -> lines)
        .toList();
  }

  /** The releases of Helm that are there. */
  List<String> releases() {
    return Stream.of(GuardRails.GATEWAY, GuardRails.DIRECTORY, GuardRails.FOUNDATION)
        .filter(name -> helm.deployed(namespace, name).isPresent())
        .toList();
  }

  /** The objects that are in no release. */
  List<ObjectKey> objects() {
    var objects = new ArrayList<ObjectKey>();
    for (var kind : List.of("StatefulSet", "Service", "Secret", "ConfigMap")) {
      all(version(kind), kind, workspaces, GATEHOUSE).forEach(objects::add);
    }
    objects.add(new ObjectKey("v1", "ConfigMap", namespace, RevisionObjects.NAME));
    objects.add(new ObjectKey("v1", "ConfigMap", namespace, StatusConfigMap.NAME));
    all("apps/v1", "ControllerRevision", namespace, RevisionObjects.SELECTOR).forEach(objects::add);
    if (named.contains(Kept.HOMES)) {
      all("v1", "PersistentVolumeClaim", workspaces, GATEHOUSE).forEach(objects::add);
    }
    directory().forEach(objects::add);
    if (named.contains(Kept.NAMESPACES)) {
      objects.add(new ObjectKey("v1", "Namespace", "", workspaces));
      objects.add(new ObjectKey("v1", "Namespace", "", namespace));
    }
    return objects.stream().filter(key -> live.get(key).isPresent()).toList();
  }

  /** Deletes all of it; run again after a failure, it goes on. */
  void run(Consumer<String> told) throws InterruptedException {
    for (var release : releases()) {
      helm.uninstall(namespace, release);
      told.accept("release %s is gone".formatted(release));
    }
    for (var object : objects()) {
      if (object.name().equals(StatusConfigMap.NAME)) {
        // Behind the workspaces, which would keep the nodes; before what says which pools there
        // are.
        removePools(told);
      }
      live.delete(object);
      told.accept("%s is deleted".formatted(object));
    }
  }

  private void removePools(Consumer<String> told) throws InterruptedException {
    for (var pool : pools) {
      var plan = new Plan(List.of(platform.plan(pool)));
      plan.refusals().stream()
          .findFirst()
          .ifPresent(
              why -> {
                throw new FailureException(why);
              });
      platform.apply(plan, Progress.silent(), () -> {});
      told.accept("%s is gone".formatted(pool.name()));
    }
  }

  private Stream<ObjectKey> directory() {
    var objects = new ArrayList<ObjectKey>();
    if (named.contains(Kept.DIRECTORY)) {
      all("v1", "PersistentVolumeClaim", namespace, "")
          .filter(claim -> claim.name().matches("data-directory-\\d+"))
          .forEach(objects::add);
      Stream.of(
              DirectorySecrets.TLS,
              DirectorySecrets.SERVICES,
              DirectorySecrets.ADMINISTRATOR,
              DirectorySecrets.GATEWAY)
          .map(name -> new ObjectKey("v1", "Secret", namespace, name))
          .forEach(objects::add);
    }
    if (named.contains(Kept.BACKUPS)) {
      objects.add(new ObjectKey("v1", "PersistentVolumeClaim", namespace, BACKUPS));
    }
    return objects.stream();
  }

  private Stream<ObjectKey> all(String version, String kind, String where, String selector) {
    return live.list(version, kind, where, selector).stream().map(KubernetesObject::key);
  }

  private static String version(String kind) {
    return kind.equals("StatefulSet") ? "apps/v1" : "v1";
  }
}
