package dev.gatehouse.platform.pools;

import dev.gatehouse.cluster.Pool;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.nodes.PoolIssue;
import dev.gatehouse.platform.objects.KubernetesObject;
import dev.gatehouse.platform.objects.LiveObjects;
import dev.gatehouse.platform.objects.Trees;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What keeps a NodePool from having nodes, by its conditions and by Karpenter's events. */
record KarpenterIssues(Provisioner provisioner, LiveObjects live, InstantSource clock) {
  private static final Logger LOG = LoggerFactory.getLogger(KarpenterIssues.class);

  /** Karpenter forgets after three minutes that a cloud had no machine, and tries again. */
  private static final Duration NEWS = Duration.ofMinutes(10);

  /** Kubernetes keeps the events of what belongs to no namespace there. */
  private static final String EVENTS_OF_THE_CLUSTER = "default";

  private static final Set<String> TROUBLES =
      Set.of(
          "InsufficientCapacityError",
          "SpotInterrupted",
          "SpotRebalanceRecommendation",
          "InstanceUnhealthy",
          "CapacityReservationInstanceInterrupted",
          "NodeClassNotReady",
          "ZonalShiftActive");

  List<PoolIssue> of(Pool pool, KubernetesObject nodePool) {
    var issues = new ArrayList<PoolIssue>();
    minimum(pool).ifPresent(issues::add);
    for (var type : List.of("NodeClassReady", "ValidationSucceeded", "NodeRegistrationHealthy")) {
      Conditions.of(nodePool, type)
          .filter(Conditions::isFalse)
          .map(KarpenterIssues::ofCondition)
          .ifPresent(issues::add);
    }
    issues.addAll(ofEvents(nodePool.key().name()));
    return List.copyOf(issues);
  }

  private Optional<PoolIssue> minimum(Pool pool) {
    return pool.min() == 0 || pool.nodes().isPresent()
        ? Optional.empty()
        : Optional.of(
            new PoolIssue(
                "NoMinimum",
                "%s makes nodes for pods that wait and keeps none ready: min: %d has no effect; a pool that says nodes from the start has that many"
                    .formatted(provisioner, pool.min()),
                Optional.empty()));
  }

  private static PoolIssue ofCondition(Map<String, Object> condition) {
    return new PoolIssue(
        Trees.text(condition.get("reason")),
        line("%s: %s".formatted(condition.get("type"), Trees.text(condition.get("message")))),
        Conditions.since(condition));
  }

  /** The latest of each kind. */
  private List<PoolIssue> ofEvents(String nodePool) {
    try {
      var latest = new TreeMap<String, PoolIssue>();
      live.list("v1", "Event", EVENTS_OF_THE_CLUSTER, "").stream()
          .map(KubernetesObject::tree)
          .filter(event -> TROUBLES.contains(Trees.text(event.get("reason"))))
          .filter(event -> isOf(nodePool, event))
          .map(this::issue)
          .filter(issue -> issue.since().filter(this::isNews).isPresent())
          .forEach(
              issue ->
                  latest.merge(
                      issue.code(),
                      issue,
                      (a, b) -> a.since().orElseThrow().isAfter(b.since().orElseThrow()) ? a : b));
      return List.copyOf(latest.values());
    } catch (FailureException e) {
      LOG.debug("the events of {} cannot be read", nodePool, e);
      return List.of();
    }
  }

  /** NodeClaims have the NodePool's name and five letters more. */
  private static boolean isOf(String nodePool, Map<String, Object> event) {
    var about = Trees.text(Trees.at(event, "involvedObject.name").orElse(""));
    return about.equals(nodePool)
        || about.matches(java.util.regex.Pattern.quote(nodePool) + "-[a-z0-9]{5}");
  }

  private boolean isNews(Instant at) {
    return at.plus(NEWS).isAfter(clock.instant());
  }

  private PoolIssue issue(Map<String, Object> event) {
    var reason = Trees.text(event.get("reason"));
    return new PoolIssue(reason, words(reason, Trees.text(event.get("message"))), time(event));
  }

  private static Optional<Instant> time(Map<String, Object> event) {
    return Conditions.moment(Trees.text(event.get("lastTimestamp")))
        .or(() -> Conditions.moment(Trees.text(event.get("eventTime"))))
        .or(() -> Conditions.moment(Trees.text(event.get("firstTimestamp"))));
  }

  private static String words(String reason, String message) {
    return switch (reason) {
      case "InsufficientCapacityError" ->
          message.contains("VcpuLimitExceeded") || message.contains("MaxSpotInstanceCountExceeded")
              ? "the account's quota of instances is used up: " + line(message)
              : "the cloud has no machine of these types free now: " + line(message);
      case "SpotInterrupted" -> "the cloud takes a spot instance away: what runs on it moves";
      case "SpotRebalanceRecommendation" -> "the cloud may soon take a spot instance away";
      case "InstanceUnhealthy" -> "the cloud finds an instance unhealthy: " + line(message);
      case "CapacityReservationInstanceInterrupted" ->
          "a capacity reservation ends, and an instance with it";
      case "ZonalShiftActive" -> "a zone is shifted away from: " + line(message);
      default -> line(message);
    };
  }

  private static String line(String message) {
    return Quote.plain(message.strip());
  }
}
