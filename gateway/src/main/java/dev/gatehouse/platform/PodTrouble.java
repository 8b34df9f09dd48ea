package dev.gatehouse.platform;

import dev.gatehouse.failure.Quote;
import dev.gatehouse.platform.objects.KubernetesObject;
import dev.gatehouse.platform.objects.Trees;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Why a pod does not come up, in Kubernetes' words. */
final class PodTrouble {
  /** Those of a start that goes well. */
  private static final Set<String> USUAL = Set.of("ContainerCreating", "PodInitializing", "");

  private PodTrouble() {}

  static Optional<String> of(KubernetesObject pod) {
    return waiting(pod)
        .or(() -> unscheduled(pod))
        .map(why -> "pod %s: %s".formatted(pod.key().name(), why));
  }

  private static Optional<String> waiting(KubernetesObject pod) {
    return Stream.of("initContainerStatuses", "containerStatuses")
        .flatMap(list -> Trees.list(pod.status().get(list)).stream())
        .map(container -> Trees.map(Trees.at(container, "state.waiting").orElse(Map.of())))
        .filter(state -> !USUAL.contains(Trees.text(state.get("reason"))))
        .map(state -> told(state))
        .findFirst();
  }

  private static Optional<String> unscheduled(KubernetesObject pod) {
    return Trees.list(pod.status().get("conditions")).stream()
        .map(Trees::map)
        .filter(c -> "PodScheduled".equals(c.get("type")) && "False".equals(c.get("status")))
        .map(PodTrouble::told)
        .findFirst();
  }

  private static String told(Map<String, Object> state) {
    var message = Trees.text(state.get("message"));
    // It becomes part of a sentence, which brings its own full stop.
    var said = Quote.plain(message).replaceFirst("[.\\s]+$", "");
    return Trees.text(state.get("reason")) + (said.isEmpty() ? "" : ": " + said);
  }
}
