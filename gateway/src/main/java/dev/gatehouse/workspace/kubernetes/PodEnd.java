package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.failure.Quote;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.Optional;

/** Why a node ended a pod for good, in a person's words: the StatefulSet makes another then. */
final class PodEnd {
  private PodEnd() {}

  /** Empty for a pod that has not failed. */
  static Optional<String> of(Pod pod) {
    return Optional.ofNullable(pod.getStatus())
        .filter(status -> "Failed".equals(status.getPhase()))
        .map(PodEnd::words);
  }

  private static String words(PodStatus status) {
    var reason = status.getReason() == null ? "" : status.getReason();
    var message = status.getMessage() == null ? "" : Quote.plain(status.getMessage().strip());
    return switch (reason) {
      case "Evicted" -> evicted(message);
      case "NodeShutdown", "Terminated", "Shutdown" -> "its node was shut down";
      case "NodeLost" -> "its node was lost";
      case "OutOfcpu", "OutOfmemory", "OutOfpods", "UnexpectedAdmissionError" ->
          "its node had no room for it after all";
      case "Preempting", "Preempted" -> "its place was needed for something more important";
      default -> "its node ended it" + (message.isEmpty() ? "" : ": " + message);
    };
  }

  /**
   * The kubelet's words on node-pressure eviction: {@code The node was low on resource: memory.}
   */
  private static String evicted(String message) {
    if (message.contains("low on resource: memory")) {
      return "its node ran short of memory and ended it";
    }
    if (message.contains("low on resource: ephemeral-storage")
        || message.contains("ephemeral local storage usage exceeds")
        || message.contains("exceeds the limit")) {
      return "it, or its node, ran short of disk outside of the home and it was ended";
    }
    if (message.contains("low on resource: pids")) {
      return "its node ran out of process numbers and ended it";
    }
    return "its node ended it: " + message;
  }
}
