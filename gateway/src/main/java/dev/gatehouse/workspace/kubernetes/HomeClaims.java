package dev.gatehouse.workspace.kubernetes;

import static java.util.Comparator.comparing;

import dev.gatehouse.cluster.ByteQuantity;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.Username;
import dev.gatehouse.workspace.HomeSnapshot;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.TypedLocalObjectReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The claims of homes: made when they are wanted, held while one is replaced. Calls block. */
final class HomeClaims {
  private static final Logger LOG = LoggerFactory.getLogger(HomeClaims.class);
  static final String STORAGE = "storage";
  static final String HOME_ENDING = "home-ending";
  static final String HOME_HELD = "home-held";
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  /** A gateway that dies while it holds a home lets it go so much later. */
  private static final Duration HOLD = Duration.ofMinutes(2);

  private final KubernetesClient client;
  private final Supplier<Manifests> manifests;
  private final String namespace;
  private final Snapshots snapshots;
  private final InstantSource clock;

  HomeClaims(
      KubernetesClient client,
      String namespace,
      Supplier<Manifests> manifests,
      Snapshots snapshots,
      InstantSource clock) {
    this.client = client;
    this.namespace = namespace;
    this.manifests = manifests;
    this.snapshots = snapshots;
    this.clock = clock;
  }

  /** What a start waits for that meets this; empty if it is about no home. */
  static Optional<String> waiting(Failure failure) {
    return switch (failure.code()) {
      case HOME_ENDING -> Optional.of("waiting for the home, which is being deleted");
      case HOME_HELD -> Optional.of("waiting for the home, which is being restored");
      default -> Optional.empty();
    };
  }

  static boolean isShared(PersistentVolumeClaim claim) {
    return claim.getSpec().getAccessModes().contains(Manifests.MANY_NODES);
  }

  /** Where storage waits for its first pod, a claim may have no volume yet. */
  static boolean isBound(PersistentVolumeClaim claim) {
    return claim.getStatus() != null && "Bound".equals(claim.getStatus().getPhase());
  }

  /** Returns whose home it is; empty if it does not say so. */
  static Optional<Username> owner(PersistentVolumeClaim claim) {
    try {
      return Annotations.annotation(claim, Annotations.PERSON)
          .map(Username::new)
          .filter(owner -> ObjectName.home(owner).equals(claim.getMetadata().getName()));
    } catch (UserError e) {
      return Optional.empty();
    }
  }

  /** Returns the size that was asked for, without which the API takes no claim. */
  static Quantity requested(PersistentVolumeClaim claim) {
    return Objects.requireNonNull(claim.getSpec().getResources().getRequests().get(STORAGE));
  }

  /** Returns everybody's, in the order of their names. */
  List<PersistentVolumeClaim> all() {
    return client
        .persistentVolumeClaims()
        .inNamespace(namespace)
        .withLabel(Annotations.MANAGED_BY, Annotations.GATEHOUSE)
        .list()
        .getItems()
        .stream()
        .filter(claim -> owner(claim).isPresent())
        .sorted(comparing(claim -> claim.getMetadata().getName()))
        .toList();
  }

  Resource<PersistentVolumeClaim> of(Username owner) {
    return client.persistentVolumeClaims().inNamespace(namespace).withName(ObjectName.home(owner));
  }

  Optional<PersistentVolumeClaim> find(Username owner) {
    return Optional.ofNullable(of(owner).get());
  }

  /**
   * Returns the claim for a workspace that starts. It is made if it is not there: from the snapshot
   * that a restore was about to put in its place, if that was cut off.
   *
   * @throws FailureException if it is being deleted or replaced
   */
  PersistentVolumeClaim forStart(Username owner) {
    var there = find(owner);
    var claim = there.isPresent() ? there.get() : make(owner);
    if (claim.getMetadata().getDeletionTimestamp() != null) {
      // Its name is free again in a moment, or when the last pod that mounts it has ended.
      throw new FailureException(
          new Failure.Unavailable(
              HOME_ENDING,
              "the home is being deleted, which ends when no workspace uses it any more; stop the"
                  + " others, or try again soon"));
    }
    return released(claim);
  }

  /** A hold that has run out is taken away, so that who has held it notices. */
  private PersistentVolumeClaim released(PersistentVolumeClaim claim) {
    var until = heldUntil(claim);
    if (until.isEmpty()) {
      return claim;
    }
    if (clock.instant().isBefore(until.get())) {
      throw new FailureException(
          new Failure.Unavailable(
              HOME_HELD, "the home is being restored from a snapshot; try again in some minutes"));
    }
    return annotate(claim, null);
  }

  private PersistentVolumeClaim make(Username owner) {
    var source = snapshots.marked(owner);
    var claim = create(owner, source);
    source.ifPresent(
        snapshot -> {
          LOG.info("[home-restored] {} from {}, which was cut off before", owner, snapshot.name());
          snapshots.mark(snapshot.name(), null);
        });
    return claim;
  }

  /**
   * Makes a home; one that another gateway makes at the same moment is the same.
   *
   * @param source what is in it; nothing, if empty
   */
  PersistentVolumeClaim create(Username owner, Optional<HomeSnapshot> source) {
    try {
      return client.resource(wanted(owner, source)).inNamespace(namespace).create();
    } catch (KubernetesClientException e) {
      var there = KubernetesFailures.isConflict(e) ? of(owner).get() : null;
      if (there == null) {
        throw e;
      }
      return there;
    }
  }

  private PersistentVolumeClaim wanted(Username owner, Optional<HomeSnapshot> source) {
    var claim = manifests.get().home(owner);
    source
        .flatMap(HomeSnapshot::size)
        .ifPresent(
            least ->
                claim
                    .getSpec()
                    .getResources()
                    .getRequests()
                    .merge(STORAGE, new Quantity(least), HomeClaims::larger));
    source.ifPresent(
        snapshot ->
            claim
                .getSpec()
                .setDataSource(
                    new TypedLocalObjectReference(
                        Snapshots.GROUP, Snapshots.KIND_NAME, snapshot.name().value())));
    return claim;
  }

  /** A volume may be larger than the snapshot that it is made from, and not smaller. */
  static Quantity larger(Quantity one, Quantity other) {
    return bytes(one).compareTo(bytes(other)) >= 0 ? one : other;
  }

  static BigDecimal bytes(Quantity quantity) {
    return Quantity.getAmountInBytes(quantity);
  }

  /** Asks for more room, and takes away what was said of a refusal. */
  void resize(String name, ByteQuantity size) {
    var marks = new HashMap<String, @Nullable String>();
    marks.put(Annotations.NOT_GROWN, null);
    var _ =
        patch(
            name,
            Map.of(
                "metadata", Map.of("annotations", marks),
                "spec", Map.of("resources", Map.of("requests", Map.of(STORAGE, size.text())))));
  }

  void noteNotGrown(String name, String why) {
    var _ =
        patch(name, Map.of("metadata", Map.of("annotations", Map.of(Annotations.NOT_GROWN, why))));
  }

  // ---- what keeps workspaces from it ----

  /** Keeps workspaces from mounting it, for as long as this is called again and again. */
  PersistentVolumeClaim hold(PersistentVolumeClaim claim) {
    return annotate(claim, clock.instant().plus(HOLD).toString());
  }

  void release(PersistentVolumeClaim claim) {
    var _ = annotate(claim, null);
  }

  boolean isHeld(PersistentVolumeClaim claim) {
    return heldUntil(claim).filter(clock.instant()::isBefore).isPresent();
  }

  private static Optional<Instant> heldUntil(PersistentVolumeClaim claim) {
    return Annotations.moment(claim, Annotations.HELD_UNTIL);
  }

  private PersistentVolumeClaim annotate(PersistentVolumeClaim claim, @Nullable String until) {
    var marks = new HashMap<String, @Nullable String>();
    marks.put(Annotations.HELD_UNTIL, until);
    return patch(claim.getMetadata().getName(), Map.of("metadata", Map.of("annotations", marks)));
  }

  private PersistentVolumeClaim patch(String name, Map<String, ?> change) {
    return client
        .persistentVolumeClaims()
        .inNamespace(namespace)
        .withName(name)
        .patch(MERGE, Serialization.asJson(new HashMap<>(change)));
  }
}
