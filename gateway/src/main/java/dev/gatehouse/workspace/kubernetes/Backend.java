package dev.gatehouse.workspace.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.InstantSource;

/** What starts and stops work on. */
record Backend(
    Cluster cluster,
    WorkspaceWrites workspaceWrites,
    PeopleFiles people,
    PodAddress podAddress,
    StoppingPods stoppingPods,
    StrandedPods stranded,
    ListeningPods listening,
    NodeRoom room,
    InstantSource clock) {

  /** Whether somebody can be sent to this pod. */
  boolean runs(Pod pod) {
    return View.isReady(pod) || stranded.answers(pod) || listening.contains(pod);
  }
}
