package dev.gatehouse.workspace.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pods on nodes that have fallen silent. Often only the kubelet is gone, and what runs in the pod
 * goes on: so their sshd is asked itself, every few seconds, for as long as the node is silent. It
 * is believed to be the workspace's when it shows the pinned host key, which the dial that follows
 * looks at.
 */
final class StrandedPods implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StrandedPods.class);
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Cluster cluster;
  private final PodAddress podAddress;

  /** By the uid of the pod: whether its sshd has answered last. */
  private final Map<String, Boolean> answers = new ConcurrentHashMap<>();

  private volatile boolean closed;

  StrandedPods(Cluster cluster, PodAddress podAddress) {
    this.cluster = cluster;
    this.podAddress = podAddress;
  }

  /** Whether somebody can be sent to it although its node is silent. Never blocks. */
  boolean answers(Pod pod) {
    return !View.isEnding(pod)
        && View.isStranded(pod)
        && answers.getOrDefault(pod.getMetadata().getUid(), false);
  }

  /** Whether it has been asked yet, or need not be. */
  boolean isKnown(Pod pod) {
    return !View.isStranded(pod) || answers.containsKey(pod.getMetadata().getUid());
  }

  /** Something has changed of this workspace. */
  void look(String workspace) {
    cluster.pods(workspace).stream()
        .filter(View::isStranded)
        .map(pod -> pod.getMetadata().getUid())
        .forEach(uid -> watch(workspace, uid));
  }

  private final Map<String, Thread> watches = new ConcurrentHashMap<>();

  private void watch(String workspace, String uid) {
    var _ =
        watches.computeIfAbsent(
            uid,
            _ ->
                Thread.ofVirtual()
                    .name("stranded-" + workspace)
                    .start(() -> watchUntilItEnds(workspace, uid)));
  }

  private void watchUntilItEnds(String workspace, String uid) {
    try {
      for (var pod = pod(workspace, uid); pod.isPresent() && !closed; pod = pod(workspace, uid)) {
        ask(workspace, uid, pod.get());
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException e) {
      LOG.debug("the gateway closes");
    } finally {
      answers.remove(uid);
      watches.remove(uid);
    }
  }

  private void ask(String workspace, String uid, Pod pod) {
    var now = podAddress.answers(pod, PATIENCE);
    var before = answers.put(uid, now);
    if (before == null || before != now) {
      LOG.info(
          "[node-lost] the node of {} is silent, its sshd {}",
          workspace,
          now ? "answers" : "does not answer either");
      cluster.tell(workspace);
    }
  }

  private Optional<Pod> pod(String workspace, String uid) {
    return cluster.pods(workspace).stream()
        .filter(pod -> pod.getMetadata().getUid().equals(uid))
        .filter(View::isStranded)
        .findFirst();
  }

  @Override
  public void close() {
    closed = true;
    watches.values().forEach(Thread::interrupt);
  }
}
