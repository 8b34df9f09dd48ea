package dev.gatehouse.workspace.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers what starts show, and forgets it when another image is behind the same name. Each
 * gateway may write it: they all see the same.
 */
final class Preparations {
  private static final Logger LOG = LoggerFactory.getLogger(Preparations.class);

  private final Cluster cluster;
  private final WorkspaceWrites writes;

  Preparations(Cluster cluster, WorkspaceWrites writes) {
    this.cluster = cluster;
    this.writes = writes;
  }

  /** Something has changed of this workspace. */
  void look(String workspace) {
    var set = cluster.set(workspace);
    var pod =
        set.flatMap(
            s ->
                cluster.pods(workspace).stream()
                    .filter(p -> !View.isEnding(p) && View.isOf(s, p))
                    .findFirst());
    pod.flatMap(p -> news(set.get(), p)).ifPresent(news -> remember(workspace, news));
  }

  private static Optional<Prepared> news(StatefulSet set, Pod pod) {
    var known = Prepared.of(set);
    return Prepared.shownBy(pod)
        .or(() -> Optional.of(Prepared.NOTHING).filter(_ -> known.isOutdatedBy(pod)))
        .filter(shown -> !shown.equals(known));
  }

  private void remember(String workspace, Prepared prepared) {
    var mark = new HashMap<String, @Nullable String>(Map.of(Annotations.PREPARED, prepared.text()));
    var _ =
        Later.run(
                "prepared-" + workspace,
                () -> {
                  var _ = writes.annotate(workspace, mark);
                })
            .exceptionally(
                e -> {
                  LOG.debug("the next start of {} finds it out again", workspace, e);
                  return null;
                });
  }
}
