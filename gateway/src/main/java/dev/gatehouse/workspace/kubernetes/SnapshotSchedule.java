package dev.gatehouse.workspace.kubernetes;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;

import dev.gatehouse.cluster.KubernetesSettings;
import dev.gatehouse.name.SnapshotName;
import dev.gatehouse.workspace.HomeSnapshot;
import dev.gatehouse.workspace.HomeSnapshot.Origin;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a snapshot of each home when the definition says so, and deletes the oldest that it has
 * made. A snapshot is called after the moment for which it was due: two gateways that both believe
 * they lead make the same one. Of the moments that nobody was there for, the last one is caught up.
 *
 * <p>What there is is read once for each moment, and again until all of it is ready.
 */
final class SnapshotSchedule implements HomeUpkeep.Duty {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotSchedule.class);
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(5);

  /** A home without a snapshot that is ready by then stays without until the next moment. */
  private static final Duration GIVE_UP = Duration.ofHours(6);

  private final HomeClaims claims;
  private final Snapshots snapshots;
  private final Supplier<Optional<KubernetesSettings.Snapshots>> policy;
  private final InstantSource clock;

  /** What is to be done for one moment; another definition is another task. */
  private record Task(KubernetesSettings.Snapshots policy, Instant due) {}

  private final Deque<Runnable> queue = new ArrayDeque<>();
  private @Nullable Task task;
  private Instant nextLook = Instant.MIN;

  SnapshotSchedule(
      HomeClaims claims,
      Snapshots snapshots,
      Supplier<Optional<KubernetesSettings.Snapshots>> policy,
      InstantSource clock) {
    this.claims = claims;
    this.snapshots = snapshots;
    this.policy = policy;
    this.clock = clock;
  }

  @Override
  public void round() {
    var now = clock.instant();
    var wanted = policy.get().map(p -> new Task(p, p.schedule().latest(now)));
    if (wanted.isEmpty()) {
      queue.clear();
      task = null;
      return;
    }
    if (!wanted.get().equals(task)) {
      queue.clear();
      task = wanted.get();
      nextLook = Instant.MIN;
    }
    if (queue.isEmpty() && !now.isBefore(nextLook)) {
      nextLook = look(wanted.get(), now);
    }
    for (var i = 0; i < HomeUpkeep.AT_ONCE && !queue.isEmpty(); i++) {
      queue.removeFirst().run();
    }
  }

  /** Returns when to look again. */
  private Instant look(Task task, Instant now) {
    var made = snapshots.scheduled();
    var names = new HashSet<SnapshotName>();
    made.forEach(snapshot -> names.add(snapshot.name()));
    var missing =
        claims.all().stream()
            .filter(claim -> isDue(claim, task))
            .filter(claim -> !names.contains(name(claim, task.due())))
            .toList();
    missing.forEach(claim -> queue.addLast(() -> make(claim, task.due())));
    superfluous(made, task.policy().keep())
        .forEach(snapshot -> queue.addLast(() -> delete(snapshot)));
    var unready = made.stream().filter(snapshot -> !snapshot.ready()).toList();
    unready.stream()
        .filter(snapshot -> snapshot.problem().isPresent())
        .findFirst()
        .ifPresent(
            failing ->
                LOG.warn(
                    "[snapshot-schedule] {} snapshots are not ready; {}: {}",
                    unready.size(),
                    failing.name(),
                    failing.problem().get()));
    var isOver = missing.isEmpty() && unready.isEmpty();
    return isOver || (now.isAfter(task.due().plus(GIVE_UP)) && missing.isEmpty())
        ? Instant.MAX
        : now.plus(LOOK_AGAIN);
  }

  /** A home that is younger has nothing to be caught up. */
  private boolean isDue(PersistentVolumeClaim claim, Task task) {
    return HomeClaims.isBound(claim)
        && claim.getMetadata().getDeletionTimestamp() == null
        && HomeClaims.owner(claim).isPresent()
        && !claims.isHeld(claim)
        && Optional.ofNullable(claim.getMetadata().getCreationTimestamp())
            .flatMap(Annotations::parse)
            .filter(task.due()::isBefore)
            .isEmpty();
  }

  private static SnapshotName name(PersistentVolumeClaim claim, Instant due) {
    return new SnapshotName(
        "%s-scheduled-%s".formatted(claim.getMetadata().getName(), Snapshots.time(due)));
  }

  private void make(PersistentVolumeClaim claim, Instant due) {
    try {
      var owner = HomeClaims.owner(claim).orElseThrow();
      var made = snapshots.create(owner, claim, Origin.SCHEDULE, name(claim, due).value());
      if (made == Snapshots.Creation.NO_API) {
        LOG.warn(
            "[snapshot-schedule] the definition has a schedule of snapshots, and the cluster has"
                + " no snapshots of volumes: install the CSI snapshot controller");
        queue.clear();
        nextLook = clock.instant().plus(GIVE_UP);
      }
    } catch (KubernetesClientException e) {
      failed(claim.getMetadata().getName(), e);
    }
  }

  private void delete(HomeSnapshot snapshot) {
    try {
      snapshots.delete(snapshot.name());
      LOG.info("[snapshot-deleted] {} of {}, by its age", snapshot.name(), snapshot.owner());
    } catch (KubernetesClientException e) {
      failed(snapshot.name().value(), e);
    }
  }

  /** The next look finds it again. */
  private static void failed(String what, KubernetesClientException e) {
    LOG.warn("[snapshot-schedule] {}: {}", what, KubernetesFailures.describe(e));
  }

  /**
   * Returns those beyond the newest that are ready. One that is not ready takes nobody's place, and
   * goes when it is older than all that stay.
   */
  static List<HomeSnapshot> superfluous(List<HomeSnapshot> made, int keep) {
    var superfluous = new ArrayList<HomeSnapshot>();
    made.stream()
        .collect(groupingBy(HomeSnapshot::owner))
        .values()
        .forEach(
            ofOne -> {
              var newest =
                  ofOne.stream()
                      .filter(HomeSnapshot::ready)
                      .sorted(
                          comparing(HomeSnapshot::taken)
                              .thenComparing(HomeSnapshot::name)
                              .reversed())
                      .limit(keep)
                      .toList();
              if (newest.size() == keep) {
                var oldest = newest.getLast().taken();
                var staying = Set.copyOf(newest);
                ofOne.stream()
                    .filter(s -> !staying.contains(s) && !s.taken().isAfter(oldest))
                    .forEach(superfluous::add);
              }
            });
    return superfluous;
  }
}
