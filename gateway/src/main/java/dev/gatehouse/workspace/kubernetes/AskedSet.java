package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.workspace.WorkspaceSpec;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The StatefulSet that a start waits for. Somebody may delete it, or what its pod mounts, at any
 * time. Used by one thread.
 */
final class AskedSet {
  static final String STOPPED = "workspace-stopped";

  /** How long the view may lag behind an answer of the API server before that is asked again. */
  private static final Duration VIEW_LAGS = Duration.ofSeconds(5);

  /** The pod that comes after everything was seen to. */
  private static final String NEXT_POD = "next";

  private final Backend backend;
  private final WorkspaceSpec spec;
  private final String name;

  private String uid = "";

  /** From this one on it is as it was asked for. */
  private long generation;

  private Instant since = Instant.MAX;

  /** Whether the cluster has ever shown it so. */
  private boolean shown;

  /** The uid of the pod whose surroundings have been seen to. */
  private String furnished = "";

  AskedSet(Backend backend, WorkspaceSpec spec) {
    this.backend = backend;
    this.spec = spec;
    this.name = ObjectName.of(spec.id());
  }

  /** It was asked for just now, with all that its pod needs. */
  void begin(StatefulSet set) {
    join(set);
    furnished = NEXT_POD;
  }

  /** It runs already, or is to run. */
  void join(StatefulSet set) {
    uid = set.getMetadata().getUid();
    generation = set.getMetadata().getGeneration();
    since = backend.clock().instant();
    shown = false;
  }

  /**
   * Empty until the cluster shows it.
   *
   * @throws FailureException if somebody has deleted it
   */
  Optional<StatefulSet> set() {
    var set = backend.cluster().set(name).filter(this::isIt);
    if (set.isPresent()) {
      shown = true;
    } else if (shown || isViewLate()) {
      join(backend.workspaceWrites().set(name).orElseThrow(() -> new FailureException(deleted())));
    }
    return set;
  }

  private boolean isIt(StatefulSet set) {
    return set.getMetadata().getUid().equals(uid)
        && set.getMetadata().getGeneration() >= generation;
  }

  private boolean isViewLate() {
    return Duration.between(since, backend.clock().instant()).compareTo(VIEW_LAGS) > 0;
  }

  private Failure deleted() {
    return new Failure.Unavailable(
        STOPPED, "workspace %s was deleted while it started".formatted(spec.id().name()));
  }

  /**
   * A pod that Kubernetes made anew may lack what somebody has deleted since the first was made.
   * Once a container has begun the Secret stays as it is: another key would not be the sshd's.
   */
  void furnish(Pod pod) throws InterruptedException {
    var known = pod.getMetadata().getUid();
    if (furnished.equals(NEXT_POD)) {
      furnished = known;
    } else if (!furnished.equals(known) && !View.isEnding(pod) && !View.hasBegun(pod)) {
      backend.workspaceWrites().surroundings(spec, () -> backend.people().require(spec.owner()));
      furnished = known;
    }
  }
}
