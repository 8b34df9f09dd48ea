package dev.gatehouse.platform.nodes;

import dev.gatehouse.failure.Quote;
import dev.gatehouse.nodes.NodeFacts;
import dev.gatehouse.nodes.NodeFacts.Condition;
import dev.gatehouse.nodes.NodeFacts.Taint;
import dev.gatehouse.workspace.kubernetes.Moments;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSystemInfo;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a node is, from Kubernetes' objects. */
final class NodeFactsReading {
  private static final String TYPE = "node.kubernetes.io/instance-type";
  private static final String ZONE = "topology.kubernetes.io/zone";

  /** Ours first; then those by which clouds and autoscalers mark the nodes of a pool. */
  private static final List<String> POOLS =
      List.of(
          "gatehouse.dev/pool",
          "karpenter.sh/nodepool",
          "eks.amazonaws.com/nodegroup",
          "cloud.google.com/gke-nodepool",
          "kubernetes.azure.com/agentpool");

  private NodeFactsReading() {}

  static NodeFacts of(Node node, List<Pod> pods, List<Event> events) {
    var labels =
        Objects.requireNonNullElse(node.getMetadata().getLabels(), Map.<String, String>of());
    return new NodeFacts(
        labels.getOrDefault(TYPE, ""),
        POOLS.stream().flatMap(key -> Stream.ofNullable(labels.get(key))).findFirst().orElse(""),
        labels.getOrDefault(ZONE, ""),
        moment(node.getMetadata().getCreationTimestamp()),
        system(node.getStatus().getNodeInfo()),
        labels,
        taints(node),
        node.getStatus().getConditions().stream()
            .map(
                c ->
                    new Condition(
                        c.getType(),
                        c.getStatus(),
                        moment(c.getLastTransitionTime()),
                        cut(c.getReason()),
                        cut(c.getMessage())))
            .toList(),
        lastOf(events),
        pods.stream().flatMap(pod -> Evacuation.workspace(pod).stream()).distinct().toList(),
        mostPods(node.getStatus().getAllocatable()));
  }

  private static Map<String, String> system(@Nullable NodeSystemInfo info) {
    var system = new LinkedHashMap<String, String>();
    if (info != null) {
      put(system, "kubelet", info.getKubeletVersion());
      put(system, "kernel", info.getKernelVersion());
      put(system, "runtime", info.getContainerRuntimeVersion());
      put(system, "image", info.getOsImage());
      put(system, "architecture", info.getArchitecture());
    }
    return system;
  }

  private static void put(Map<String, String> system, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      system.put(name, value);
    }
  }

  private static List<Taint> taints(Node node) {
    return Stream.ofNullable(node.getSpec())
        .flatMap(spec -> Stream.ofNullable(spec.getTaints()))
        .flatMap(List::stream)
        .map(t -> new Taint(t.getKey(), cut(t.getValue()), String.valueOf(t.getEffect())))
        .toList();
  }

  private static List<NodeFacts.Event> lastOf(List<Event> events) {
    var all =
        events.stream()
            .map(
                e ->
                    new NodeFacts.Event(
                        Moments.of(e),
                        cut(e.getReason()),
                        cut(e.getMessage()),
                        "Warning".equals(e.getType())))
            .sorted(Comparator.comparing(NodeFacts.Event::at))
            .toList();
    return all.subList(Math.max(0, all.size() - NodeFacts.EVENTS), all.size());
  }

  private static int mostPods(@Nullable Map<String, Quantity> allocatable) {
    return Optional.ofNullable(allocatable)
        .map(all -> all.get("pods"))
        .map(pods -> pods.getNumericalAmount().intValue())
        .orElse(Integer.MAX_VALUE);
  }

  static Optional<Instant> moment(@Nullable String time) {
    try {
      return Optional.ofNullable(time).map(Instant::parse);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Others write it: one line, and not endless. */
  private static String cut(@Nullable String text) {
    var line = Quote.plain(Objects.requireNonNullElse(text, ""));
    return line.length() <= NodeFacts.MESSAGE
        ? line
        : line.substring(0, NodeFacts.MESSAGE - 1) + "…";
  }
}
