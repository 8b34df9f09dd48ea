package dev.gatehouse.workspace.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Pods that were told to go and may not show it yet: nobody may be sent to them any more. A pod
 * stays in here until the cluster does not show it any more.
 */
final class StoppingPods {
  /** From the pod's uid to its workspace. */
  private final Map<String, String> pods = new ConcurrentHashMap<>();

  void add(String workspace, List<String> uids) {
    uids.forEach(uid -> pods.put(uid, workspace));
  }

  /** They were never told. */
  void spare(List<String> uids) {
    uids.forEach(pods::remove);
  }

  boolean contains(Pod pod) {
    return pods.containsKey(pod.getMetadata().getUid());
  }

  /**
   * @param there the uids of this workspace's pods
   */
  void keepOnly(String workspace, List<String> there) {
    pods.entrySet()
        .removeIf(pod -> pod.getValue().equals(workspace) && !there.contains(pod.getKey()));
  }
}
