package dev.gatehouse.workspace.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Pods whose sshd has answered before the kubelet has said that they are ready. A kubelet looks at
 * its containers once a second, and tells of a probe up to two seconds later; the sshd accepts long
 * before. The dial that follows accepts the pinned host key only, so no other sshd is taken for it.
 */
final class ListeningPods {
  /** A refusal comes at once; a packet that was dropped is sent again with the next try. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  /** What was told of the pod when its sshd answered. */
  private record Answer(String workspace, View.Run run) {}

  private final PodAddress podAddress;

  /** By the uid of the pod. */
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();

  ListeningPods(PodAddress podAddress) {
    this.podAddress = podAddress;
  }

  /** Whether the pod has an address, and nobody has said yet that it is ready there. */
  static boolean mayListen(Pod pod) {
    return !View.isEnding(pod)
        && !View.isReady(pod)
        && !View.isStranded(pod)
        && PodEnd.of(pod).isEmpty()
        && View.run(pod).isPresent();
  }

  /** Asks the pod's sshd whether it is there. Blocks for a moment at most. */
  boolean ask(String workspace, Pod pod) {
    if (!mayListen(pod) || !podAddress.answers(pod, PATIENCE)) {
      return false;
    }
    answers.put(pod.getMetadata().getUid(), new Answer(workspace, View.run(pod).orElseThrow()));
    return true;
  }

  /** Whether its sshd has answered, and has not ended since. Never blocks. */
  boolean contains(Pod pod) {
    var answer = answers.get(pod.getMetadata().getUid());
    return answer != null
        && mayListen(pod)
        && View.run(pod).filter(answer.run()::equals).isPresent();
  }

  /**
   * From when a pod has been said to be ready, only what is said of it counts.
   *
   * @param pods all of this workspace's
   */
  void keepOnly(String workspace, List<Pod> pods) {
    var kept = pods.stream().filter(this::contains).map(pod -> pod.getMetadata().getUid()).toList();
    answers
        .entrySet()
        .removeIf(
            answer ->
                answer.getValue().workspace().equals(workspace) && !kept.contains(answer.getKey()));
  }
}
