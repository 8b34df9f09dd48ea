package dev.gatehouse.workspace.kubernetes;

import static java.util.Comparator.comparing;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.SnapshotName;
import dev.gatehouse.name.Username;
import dev.gatehouse.workspace.HomeSnapshot;
import dev.gatehouse.workspace.HomeSnapshot.Origin;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Snapshots of volumes, by the API of the external-snapshotter ({@code VolumeSnapshot}), which many
 * clusters have and some do not. Calls block.
 */
final class Snapshots {
  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);
  static final String GROUP = "snapshot.storage.k8s.io";
  static final String KIND_NAME = "VolumeSnapshot";
  private static final String VERSION = GROUP + "/v1";
  static final ResourceDefinitionContext KIND =
      new ResourceDefinitionContext.Builder()
          .withGroup(GROUP)
          .withVersion("v1")
          .withKind(KIND_NAME)
          .withPlural("volumesnapshots")
          .withNamespaced(true)
          .build();
  private static final long LOOK_AGAIN_MILLIS = 500;

  /** A list of thousands comes in parts, so that no answer is as large as the memory. */
  private static final long PAGE = 500;

  private static final int MOST_A_SECOND = 20;

  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final KubernetesClient client;
  private final String namespace;
  private final Supplier<Optional<String>> snapshotClass;
  private final Duration patience;
  private final InstantSource clock;

  /** Something to do while one waits, often. */
  interface Meanwhile {
    void look();
  }

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

  /** The word of the label {@link Annotations#SNAPSHOT_FOR}. */
  static String word(Origin origin) {
    return origin.name().toLowerCase(Locale.ROOT);
  }

  /** How names of folders and snapshots tell a moment. */
  static String time(Instant moment) {
    return TIME.format(moment);
  }

  // ---- what there is ----

  /** Returns those of a person, the newest first; none where the cluster has no snapshots. */
  List<HomeSnapshot> of(Username owner) {
    return list(Annotations.OWNER, ObjectName.of(owner)).stream()
        .flatMap(snapshot -> read(snapshot).stream())
        .sorted(comparing(HomeSnapshot::taken).reversed().thenComparing(HomeSnapshot::name))
        .toList();
  }

  /** Returns those that the schedule has made, of everybody; not one that is to be a home. */
  List<HomeSnapshot> scheduled() {
    return list(Annotations.SNAPSHOT_FOR, word(Origin.SCHEDULE)).stream()
        .filter(snapshot -> Annotations.annotation(snapshot, Annotations.REPLACES).isEmpty())
        .flatMap(snapshot -> read(snapshot).stream())
        .toList();
  }

  private List<GenericKubernetesResource> list(String label, String value) {
    var all = new ArrayList<GenericKubernetesResource>();
    var next = "";
    do {
      var page =
          client
              .genericKubernetesResources(KIND)
              .inNamespace(namespace)
              .withLabel(Annotations.MANAGED_BY, Annotations.GATEHOUSE)
              .withLabel(label, value);
      var options =
          new ListOptionsBuilder().withLimit(PAGE).withContinue(next.isEmpty() ? null : next);
      try {
        var list = page.list(options.build());
        all.addAll(list.getItems());
        next = Optional.ofNullable(list.getMetadata().getContinue()).orElse("");
      } catch (KubernetesClientException e) {
        if (KubernetesFailures.isNotFound(e)) {
          return List.of();
        }
        throw e;
      }
    } while (!next.isEmpty());
    return all;
  }

  /** Empty if it does not say whose it is: others may make snapshots here. */
  private Optional<HomeSnapshot> read(GenericKubernetesResource snapshot) {
    try {
      return Annotations.annotation(snapshot, Annotations.PERSON)
          .map(person -> read(snapshot, new Username(person)));
    } catch (UserError e) {
      return Optional.empty();
    }
  }

  private HomeSnapshot read(GenericKubernetesResource snapshot, Username owner) {
    return new HomeSnapshot(
        new SnapshotName(snapshot.getMetadata().getName()),
        owner,
        taken(snapshot),
        text(snapshot, "status", "restoreSize"),
        origin(snapshot),
        isReady(snapshot),
        problem(snapshot));
  }

  private Instant taken(GenericKubernetesResource snapshot) {
    return text(snapshot, "status", "creationTime")
        .or(() -> Optional.ofNullable(snapshot.getMetadata().getCreationTimestamp()))
        .flatMap(Annotations::parse)
        .orElseGet(clock::instant);
  }

  /** One without the label is of a version that made none but before a deletion. */
  private static Origin origin(GenericKubernetesResource snapshot) {
    return Annotations.label(snapshot, Annotations.SNAPSHOT_FOR)
        .flatMap(word -> Stream.of(Origin.values()).filter(o -> word(o).equals(word)).findFirst())
        .orElse(Origin.DELETION);
  }

  /**
   * A snapshot of that person.
   *
   * @throws UserError if there is none of that name
   */
  HomeSnapshot require(Username owner, SnapshotName name) {
    return get(name.value())
        .flatMap(this::read)
        .filter(snapshot -> snapshot.owner().equals(owner))
        .orElseThrow(
            () ->
                new UserError(
                    ExitCode.DATAERR,
                    "%s has no snapshot %s; 'gate snapshot list' shows them"
                        .formatted(owner, name)));
  }

  /**
   * As {@link #require}, of one that can be restored from.
   *
   * @throws FailureException if it cannot yet
   */
  HomeSnapshot requireReady(Username owner, SnapshotName name) {
    var snapshot = require(owner, name);
    if (!snapshot.ready()) {
      throw notReady(name.value(), snapshot.problem().map(p -> ": " + p).orElse(""));
    }
    return snapshot;
  }

  private Optional<GenericKubernetesResource> get(String name) {
    return Optional.ofNullable(snapshot(name).get());
  }

  // ---- changes ----

  /**
   * Takes one and waits until it can be restored from.
   *
   * @return empty if the cluster has no snapshots
   * @throws FailureException if it is not ready in time; it may become so later
   */
  Optional<HomeSnapshot> take(
      Username owner, PersistentVolumeClaim claim, Origin origin, Meanwhile meanwhile)
      throws InterruptedException {
    var name = claim.getMetadata().getName() + "-" + time(clock.instant());
    // Each call has its own: the home may have changed since the last, within a second too.
    for (var i = 1; i <= MOST_A_SECOND; i++) {
      var numbered = i == 1 ? name : name + "-" + i;
      switch (create(owner, claim, origin, numbered)) {
        case MADE -> {
          return read(awaitReady(numbered, meanwhile));
        }
        case THERE -> LOG.debug("{} is another call's", numbered);
        case NO_API -> {
          return Optional.empty();
        }
      }
    }
    throw new FailureException(
        new Failure.Unavailable("snapshot-not-ready", "too many snapshots at once; try again"));
  }

  enum Creation {
    MADE,
    /** One of that name was made before. */
    THERE,
    /** The cluster knows of no snapshots. */
    NO_API
  }

  /** Has one made, and does not wait. */
  Creation create(Username owner, PersistentVolumeClaim claim, Origin origin, String name) {
    try {
      client.genericKubernetesResources(KIND).resource(wanted(owner, claim, origin, name)).create();
      return Creation.MADE;
    } catch (KubernetesClientException e) {
      if (KubernetesFailures.isNotFound(e)) {
        LOG.info("[no-snapshots] this cluster has no {}", VERSION);
        return Creation.NO_API;
      }
      if (KubernetesFailures.isConflict(e)) {
        return Creation.THERE;
      }
      throw e;
    }
  }

  private GenericKubernetesResource wanted(
      Username owner, PersistentVolumeClaim claim, Origin origin, String name) {
    var spec = new HashMap<String, Object>();
    spec.put("source", Map.of("persistentVolumeClaimName", claim.getMetadata().getName()));
    snapshotClass.get().ifPresent(chosen -> spec.put("volumeSnapshotClassName", chosen));
    return new GenericKubernetesResourceBuilder()
        .withApiVersion(VERSION)
        .withKind(KIND_NAME)
        .withNewMetadata()
        .withName(name)
        .withNamespace(namespace)
        .addToLabels(Annotations.MANAGED_BY, Annotations.GATEHOUSE)
        .addToLabels(Annotations.OWNER, ObjectName.of(owner))
        .addToLabels(Annotations.SNAPSHOT_FOR, word(origin))
        .addToAnnotations(Annotations.PERSON, owner.value())
        .endMetadata()
        .addToAdditionalProperties("spec", spec)
        .build();
  }

  void delete(SnapshotName name) {
    var _ = snapshot(name.value()).delete();
  }

  /** Says that the next claim of the home is to be made from it; null takes that back. */
  void mark(SnapshotName name, @Nullable String replacedClaim) {
    var marks = new HashMap<String, @Nullable String>();
    marks.put(Annotations.REPLACES, replacedClaim);
    var change = new HashMap<String, Object>(Map.of("metadata", Map.of("annotations", marks)));
    var _ = snapshot(name.value()).patch(MERGE, Serialization.asJson(change));
  }

  /** Returns the one from which the next claim of the home is to be made. */
  Optional<HomeSnapshot> marked(Username owner) {
    return list(Annotations.OWNER, ObjectName.of(owner)).stream()
        .filter(snapshot -> Annotations.annotation(snapshot, Annotations.REPLACES).isPresent())
        .flatMap(snapshot -> read(snapshot).stream())
        .filter(HomeSnapshot::ready)
        .findFirst();
  }

  /** What is said of it where the cluster has none. */
  static FailureException none() {
    return new FailureException(
        new Failure.Unavailable(
            "no-snapshots",
            "this cluster makes no snapshots of volumes; an administrator can install the CSI"
                + " snapshot controller"));
  }

  // ---- waiting ----

  private GenericKubernetesResource awaitReady(String name, Meanwhile meanwhile)
      throws InterruptedException {
    var end = System.nanoTime() + patience.toNanos();
    var snapshot = get(name);
    while (snapshot.filter(Snapshots::isReady).isEmpty()) {
      refuseWithoutClass(name, snapshot);
      if (System.nanoTime() > end) {
        throw notReady(name, reason(snapshot));
      }
      Thread.sleep(LOOK_AGAIN_MILLIS);
      meanwhile.look();
      snapshot = get(name);
    }
    return snapshot.get();
  }

  /** The snapshotter tries for ever, and there is nothing to be kept in what it has. */
  private void refuseWithoutClass(String name, Optional<GenericKubernetesResource> snapshot) {
    var why =
        snapshot
            .flatMap(Snapshots::problem)
            .filter(
                problem ->
                    problem.toLowerCase(Locale.ROOT).matches(".*(snapshot ?class|snapshotter).*"));
    if (why.isPresent()) {
      delete(new SnapshotName(name));
      throw new FailureException(
          new Failure.Unavailable(
              "no-snapshot-class",
              "the homes' storage cannot make snapshots: %s; an administrator can name a"
                      .formatted(why.get())
                  + " VolumeSnapshotClass by kubernetes.homes.snapshotClass"));
    }
  }

  private static FailureException notReady(String name, String why) {
    return new FailureException(
        new Failure.Unavailable(
            "snapshot-not-ready",
            "the home stays as it is, because its snapshot %s is not ready%s"
                .formatted(name, why)));
  }

  private static String reason(Optional<GenericKubernetesResource> snapshot) {
    if (snapshot.isEmpty()) {
      return ": somebody has deleted it";
    }
    return problem(snapshot.get())
        .map(problem -> ": " + problem)
        .orElseGet(
            () ->
                snapshot.get().get("status") == null
                    ? ": no snapshot controller has looked at it"
                    : "");
  }

  private Resource<GenericKubernetesResource> snapshot(String name) {
    return client.genericKubernetesResources(KIND).inNamespace(namespace).withName(name);
  }

  private static boolean isReady(GenericKubernetesResource snapshot) {
    return Boolean.TRUE.equals(snapshot.get("status", "readyToUse"));
  }

  /** What the driver says; it may try again. */
  private static Optional<String> problem(GenericKubernetesResource snapshot) {
    return text(snapshot, "status", "error", "message").map(Quote::plain);
  }

  private static Optional<String> text(GenericKubernetesResource snapshot, Object... path) {
    return Optional.ofNullable(snapshot.<Object>get(path)).map(Object::toString);
  }
}
