package dev.gatehouse.platform.usage;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static java.util.stream.Collectors.toMap;

import dev.gatehouse.cluster.IdlePolicy;
import dev.gatehouse.cost.NodeKind;
import dev.gatehouse.cost.Share;
import dev.gatehouse.nodes.Amount;
import dev.gatehouse.platform.nodes.NodeFactsReading;
import dev.gatehouse.platform.nodes.NodeReading;
import dev.gatehouse.platform.usage.Sighting.Subject;
import dev.gatehouse.workspace.kubernetes.WorkspaceMarks;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What there is in the cluster now, as things to be counted.
 *
 * @param client stays the caller's
 * @param namespace of the platform's own pods
 */
record UsageView(KubernetesClient client, String namespace) {
  private static final Logger LOG = LoggerFactory.getLogger(UsageView.class);
  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  /** A use is told once a minute, and by other machines' clocks. */
  private static final Duration GRACE = Duration.ofMinutes(5);

  /**
   * @param sightings by uid
   * @param sets of workspaces, by name
   */
  record Seen(Map<String, Sighting> sightings, Map<String, SetMarks> sets) {}

  /**
   * @throws KubernetesClientException if it cannot be looked at
   */
  Seen look(String workspaces, Instant now) {
    var nodes =
        client.nodes().list().getItems().stream()
            .collect(toMap(n -> n.getMetadata().getName(), n -> n));
    var sets =
        client.apps().statefulSets().inNamespace(workspaces).list().getItems().stream()
            .collect(toMap(s -> s.getMetadata().getName(), WorkspaceMarks::of));
    var busy = busy(workspaces);
    var pods =
        Stream.of(namespace, workspaces)
            .distinct()
            .flatMap(n -> client.pods().inNamespace(n).list().getItems().stream())
            .filter(p -> nodes.containsKey(String.valueOf(p.getSpec().getNodeName())))
            .toList();
    var shares = shares(pods, nodes);
    var sightings = new HashMap<String, Sighting>();
    for (var node : nodes.values()) {
      var sighting = sighting(node, now);
      sightings.put(sighting.uid(), sighting);
    }
    for (var pod : pods) {
      var node = Objects.requireNonNull(nodes.get(pod.getSpec().getNodeName()));
      var share = shares.getOrDefault(pod.getMetadata().getUid(), 0L);
      var owner = WorkspaceMarks.of(pod);
      var subject =
          new Subject(
              false, owner.workspace(), owner.person(), owner.machineType(), kind(node), share);
      var from = begin(pod);
      var used =
          latest(
              from,
              Optional.ofNullable(sets.get(owner.workspace()))
                  .flatMap(WorkspaceMarks::lastUse)
                  .orElse(from));
      var usedUntil = busy.contains(pod.getMetadata().getName()) ? latest(used, now) : used;
      sightings.put(
          pod.getMetadata().getUid(),
          new Sighting(
              pod.getMetadata().getUid(), from, end(pod, now), subject, usedUntil.plus(GRACE)));
    }
    return new Seen(
        Map.copyOf(sightings),
        sets.entrySet().stream()
            .collect(
                toMap(
                    Map.Entry::getKey,
                    e -> new SetMarks(e.getValue().startedAt(), e.getValue().stoppedAt()))));
  }

  private static Sighting sighting(Node node, Instant now) {
    var from = moment(node.getMetadata().getCreationTimestamp()).orElse(now);
    return new Sighting(node.getMetadata().getUid(), from, now, Subject.node(kind(node)), now);
  }

  /** By uid; none of pods that have ended, which hold nothing any more. */
  private static Map<String, Long> shares(List<Pod> pods, Map<String, Node> nodes) {
    var shares =
        pods.stream()
            .collect(
                toMap(
                    p -> p.getMetadata().getUid(),
                    p -> {
                      var node = Objects.requireNonNull(nodes.get(p.getSpec().getNodeName()));
                      return Share.of(NodeReading.requested(p), NodeReading.allocatable(node));
                    }));
    var together =
        pods.stream()
            .filter(p -> !hasEnded(p))
            .collect(
                groupingBy(
                    p -> p.getSpec().getNodeName(),
                    summingLong(p -> shares.getOrDefault(p.getMetadata().getUid(), 0L))));
    return pods.stream()
        .collect(
            toMap(
                p -> p.getMetadata().getUid(),
                p ->
                    Share.ofTogether(
                        shares.getOrDefault(p.getMetadata().getUid(), 0L),
                        together.getOrDefault(p.getSpec().getNodeName(), 0L))));
  }

  private static NodeKind kind(Node node) {
    return new NodeKind(
        NodeFactsReading.pool(node),
        NodeFactsReading.instanceType(node),
        NodeFactsReading.isSpot(node));
  }

  /** The kubelet's word; from then on the node is held for it. */
  private static Instant begin(Pod pod) {
    return Optional.ofNullable(pod.getStatus())
        .flatMap(status -> moment(status.getStartTime()))
        .or(() -> moment(pod.getMetadata().getCreationTimestamp()))
        .orElse(Instant.EPOCH);
  }

  private static Instant end(Pod pod, Instant now) {
    if (!hasEnded(pod)) {
      return now;
    }
    return pod.getStatus().getContainerStatuses().stream()
        .map(ContainerStatus::getState)
        .flatMap(state -> Optional.ofNullable(state).map(ContainerState::getTerminated).stream())
        .map(ContainerStateTerminated::getFinishedAt)
        .flatMap(at -> moment(at).stream())
        .max(Instant::compareTo)
        .filter(now::isAfter)
        .orElse(now);
  }

  private static boolean hasEnded(Pod pod) {
    return pod.getStatus() != null && ENDED.contains(String.valueOf(pod.getStatus().getPhase()));
  }

  /** The names of pods that compute; many clusters measure nothing. */
  private Set<String> busy(String workspaces) {
    try {
      return Set.copyOf(
          client.top().pods().metrics(workspaces).getItems().stream()
              .filter(
                  m ->
                      Amount.sum(
                                  m.getContainers().stream()
                                      .map(c -> NodeReading.amount(c.getUsage()))
                                      .toList())
                              .millicores()
                          >= IdlePolicy.DEFAULT.busyMillicores())
              .map(m -> m.getMetadata().getName())
              .toList());
    } catch (KubernetesClientException e) {
      LOG.debug("nobody measures the pods", e);
      return Set.of();
    }
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Optional<Instant> moment(@Nullable String text) {
    try {
      return Optional.ofNullable(text).map(t -> Instant.parse(t).truncatedTo(ChronoUnit.SECONDS));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
