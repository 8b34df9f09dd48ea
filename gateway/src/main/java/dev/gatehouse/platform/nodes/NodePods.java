package dev.gatehouse.platform.nodes;

import dev.gatehouse.nodes.NodeTask.Staying;
import dev.gatehouse.nodes.NodeWish;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The pods of a node that is emptied, by what becomes of them, as {@code kubectl drain} tells them
 * apart. Those of DaemonSets, those that the kubelet makes from files (mirror pods) and those that
 * have run to their end are in neither list: they stay.
 *
 * @param leaving they are to be evicted
 * @param ending they were told to end
 * @param staying they would be lost, or lose data: somebody must say that they may
 */
record NodePods(List<Pod> leaving, List<Pod> ending, List<Staying> staying) {
  private static final String MIRROR = "kubernetes.io/config.mirror";
  private static final Set<String> OVER = Set.of("Succeeded", "Failed");

  /** After this, a pod that does not end never will by itself: its node does not answer. */
  private static final Duration ENDED_BY = Duration.ofMinutes(3);

  static NodePods of(KubernetesClient client, NodeWish wish, DrainSettings settings, Instant now) {
    var pods = new NodePods(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    client
        .pods()
        .inAnyNamespace()
        .withField("spec.nodeName", wish.node())
        .list()
        .getItems()
        .stream()
        .filter(pod -> wish.node().equals(pod.getSpec().getNodeName()))
        .forEach(pod -> pods.add(pod, wish, settings, now));
    return pods;
  }

  int left() {
    return leaving.size() + ending.size();
  }

  static String name(Pod pod) {
    return pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
  }

  private void add(Pod pod, NodeWish wish, DrainSettings settings, Instant now) {
    if (isOfItsNode(pod)) {
      return;
    }
    if (pod.getMetadata().getDeletionTimestamp() != null) {
      if (isStuck(pod, now)) {
        staying.add(
            new Staying(
                name(pod), "does not end: its node does not answer, or a finalizer holds it"));
      } else {
        ending.add(pod);
      }
      return;
    }
    var why = objection(pod, wish, settings);
    why.ifPresentOrElse(w -> staying.add(new Staying(name(pod), w)), () -> leaving.add(pod));
  }

  private static boolean isOfItsNode(Pod pod) {
    var annotations = pod.getMetadata().getAnnotations();
    return (annotations != null && annotations.containsKey(MIRROR))
        || controller(pod).filter(owner -> owner.getKind().equals("DaemonSet")).isPresent()
        || (pod.getStatus() != null && OVER.contains(String.valueOf(pod.getStatus().getPhase())));
  }

  private static Optional<OwnerReference> controller(Pod pod) {
    return Objects.requireNonNullElse(
            pod.getMetadata().getOwnerReferences(), List.<OwnerReference>of())
        .stream()
        .filter(owner -> Boolean.TRUE.equals(owner.getController()))
        .findFirst();
  }

  private static Optional<String> objection(Pod pod, NodeWish wish, DrainSettings settings) {
    if (controller(pod).isEmpty() && !wish.force()) {
      return Optional.of("has no controller that makes it anew; --force lets it go for good");
    }
    var hasData =
        Objects.requireNonNullElse(
                pod.getSpec().getVolumes(), List.<io.fabric8.kubernetes.api.model.Volume>of())
            .stream()
            .anyMatch(volume -> volume.getEmptyDir() != null);
    return hasData
            && !wish.deleteEmptyDirData()
            && !settings.isOurs(pod.getMetadata().getNamespace())
        ? Optional.of("has data on the node (emptyDir); --delete-emptydir-data lets it go")
        : Optional.empty();
  }

  private static boolean isStuck(Pod pod, Instant now) {
    try {
      // It is the time by which the pod's grace period is over.
      var by = Instant.parse(pod.getMetadata().getDeletionTimestamp());
      return now.isAfter(by.plus(ENDED_BY));
    } catch (DateTimeParseException e) {
      return false;
    }
  }
}
