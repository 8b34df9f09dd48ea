package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.workspace.WorkspaceId;
import dev.gatehouse.workspace.WorkspaceInfo;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** Tells of each workspace that ends, once, as soon as the cluster does. */
final class Endings {
  private final Cluster cluster;
  private final InstantSource clock;
  private final CopyOnWriteArrayList<BiConsumer<WorkspaceId, Failure>> listeners =
      new CopyOnWriteArrayList<>();

  /** By the name of the set: the end that was told last. */
  private final Map<String, Failure> told = new ConcurrentHashMap<>();

  Endings(Cluster cluster, InstantSource clock) {
    this.cluster = cluster;
    this.clock = clock;
    cluster.listen(this::changed);
  }

  void listen(BiConsumer<WorkspaceId, Failure> listener) {
    listeners.add(listener);
  }

  /** Why it ends or has just ended. */
  Optional<Failure> of(WorkspaceId id) {
    return cluster.isKnown()
        ? ending(id.name().value(), ObjectName.of(id)).ifLost()
        : Optional.empty();
  }

  private void changed(String workspace) {
    var id =
        cluster
            .set(workspace)
            .flatMap(set -> View.of(set, cluster.pods(workspace), _ -> false))
            .map(WorkspaceInfo::id);
    if (id.isEmpty()) {
      told.remove(workspace);
      return;
    }
    var why = ending(id.get().name().value(), workspace).certain();
    if (why.isEmpty()) {
      told.remove(workspace);
    } else if (!why.get().equals(told.put(workspace, why.get()))) {
      listeners.forEach(listener -> listener.accept(id.get(), why.get()));
    }
  }

  private Ending ending(String name, String workspace) {
    return new Ending(name, cluster.set(workspace), cluster.pods(workspace), clock.instant());
  }
}
