package dev.gatehouse.platform.snapshots;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import dev.gatehouse.failure.FailureException;
import dev.gatehouse.platform.objects.KubernetesObject;
import dev.gatehouse.platform.objects.LiveObjects;
import dev.gatehouse.platform.objects.ObjectKey;
import dev.gatehouse.platform.objects.Trees;
import dev.gatehouse.platform.snapshots.SnapshotCopies.Copy;
import dev.gatehouse.platform.snapshots.SnapshotCopies.Source;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a copy of each snapshot that the schedule has made in the region that the definition names,
 * and of each home as many as the definition keeps. What there is is looked at anew in each round,
 * so that whoever follows an operator that died goes on where it was.
 */
public final class SnapshotCopier {
  /** How often {@link #round} wants to be called. */
  public static final Duration PAUSE = Duration.ofMinutes(5);

  private static final Logger LOG = LoggerFactory.getLogger(SnapshotCopier.class);
  private static final String VERSION = "snapshot.storage.k8s.io/v1";
  private static final String SCHEDULED = "gatehouse.dev/snapshot-for=schedule";

  /** AWS makes twenty copies at a time in one region, of everybody's in the account. */
  private static final int AT_ONCE = 15;

  /**
   * What the definition says.
   *
   * @param namespace of the workspaces
   * @param keep how many copies of a home stay
   */
  public record Settings(String namespace, String region, int keep, SnapshotCopies copies) {}

  private final LiveObjects live;
  private final Supplier<Optional<Settings>> settings;

  /**
   * @param settings as they are now; empty where nothing is to be copied
   */
  public SnapshotCopier(LiveObjects live, Supplier<Optional<Settings>> settings) {
    this.live = live;
    this.settings = settings;
  }

  /** Begins the copies that are missing, and deletes those beyond what is kept. Blocks. */
  public void round() throws InterruptedException {
    try {
      var now = settings.get();
      if (now.isPresent()) {
        round(now.get());
      }
    } catch (FailureException e) {
      LOG.warn("[snapshot-copies] tried again later: {}", e.failure().line());
    }
  }

  private void round(Settings now) throws InterruptedException {
    var there = now.copies().in(now.region());
    var handles = there.stream().map(copy -> copy.source().handle()).collect(toSet());
    var room = AT_ONCE - (int) there.stream().filter(copy -> !copy.ready()).count();
    for (var snapshot : live.list(VERSION, "VolumeSnapshot", now.namespace(), SCHEDULED)) {
      if (room <= 0) {
        break;
      }
      var source = source(snapshot);
      if (source.isPresent() && handles.add(source.get().handle())) {
        now.copies().copy(source.get(), now.region());
        LOG.info("[snapshot-copied] {} to {}", snapshot.key().name(), now.region());
        room--;
      }
    }
    for (var copy : superfluous(there, now.keep())) {
      now.copies().delete(copy, now.region());
      LOG.info("[snapshot-deleted] copy {} of {}", copy.id(), copy.source().home());
    }
  }

  /** Empty if it is not ready, or of storage that is no cloud's. */
  private Optional<Source> source(KubernetesObject snapshot) {
    var status = Trees.map(snapshot.tree().get("status"));
    var home = Trees.map(snapshot.spec().get("source")).get("persistentVolumeClaimName");
    var content = status.get("boundVolumeSnapshotContentName");
    if (!Boolean.TRUE.equals(status.get("readyToUse")) || content == null || home == null) {
      return Optional.empty();
    }
    return live.get(new ObjectKey(VERSION, "VolumeSnapshotContent", "", content.toString()))
        .flatMap(object -> Trees.at(object.tree(), "status.snapshotHandle"))
        .flatMap(
            handle ->
                taken(status.get("creationTime"))
                    .map(taken -> new Source(handle.toString(), home.toString(), taken)));
  }

  private static Optional<Instant> taken(@Nullable Object time) {
    try {
      return Optional.of(Instant.parse(String.valueOf(time)));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns what is beyond the newest that are ready, and second copies of one snapshot, which two
   * operators at once can make. One that is not ready takes nobody's place.
   */
  static List<Copy> superfluous(List<Copy> there, int keep) {
    var superfluous = new ArrayList<Copy>();
    there.stream()
        .filter(Copy::ready)
        .collect(groupingBy(copy -> copy.source().home()))
        .values()
        .forEach(
            ofHome -> {
              var kept = new ArrayList<String>();
              ofHome.stream()
                  .sorted(
                      comparing((Copy copy) -> copy.source().taken())
                          .reversed()
                          .thenComparing(Copy::id))
                  .forEach(
                      copy -> {
                        if (kept.contains(copy.source().handle()) || kept.size() >= keep) {
                          superfluous.add(copy);
                        } else {
                          kept.add(copy.source().handle());
                        }
                      });
            });
    return superfluous;
  }
}
