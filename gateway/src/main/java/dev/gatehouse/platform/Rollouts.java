package dev.gatehouse.platform;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.platform.objects.KubernetesObject;
import dev.gatehouse.platform.objects.LiveObjects;
import dev.gatehouse.platform.objects.ObjectKey;
import dev.gatehouse.platform.objects.Trees;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Waits until what was applied is in force. */
public final class Rollouts {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final LiveObjects live;
  private final Duration limit;
  private final InstantSource clock;
  private final Pause pause;

  /** Lets time pass. */
  public interface Pause {
    void take(Duration time) throws InterruptedException;
  }

  /**
   * @param limit how long one object may take
   */
  public Rollouts(LiveObjects live, Duration limit, InstantSource clock, Pause pause) {
    this.live = live;
    this.limit = limit;
    this.clock = clock;
    this.pause = pause;
  }

  /**
   * Waits until programs run as they should and load balancers have an address.
   *
   * @throws FailureException {@code rollout-slow} or {@code load-balancer-slow} after the limit,
   *     with what it still waits for
   */
  void await(List<KubernetesObject> applied, Consumer<String> waits) throws InterruptedException {
    for (var object : applied) {
      switch (object.key().kind()) {
        case "Deployment", "StatefulSet", "DaemonSet" -> {
          if (Trees.number(object.spec().get("replicas"), 1) > 0) {
            until(object.key(), this::missing, "rollout-slow", waits);
          }
        }
        case "Job" -> until(object.key(), this::unfinished, "rollout-slow", waits);
        case "Service" -> {
          if ("LoadBalancer".equals(object.spec().get("type"))) {
            until(object.key(), Rollouts::address, "load-balancer-slow", waits);
          }
        }
        default -> {}
      }
    }
  }

  /** Waits until an object that was deleted is gone. */
  void awaitGone(ObjectKey key, Consumer<String> waits) throws InterruptedException {
    var end = clock.instant().plus(limit);
    while (live.get(key).isPresent()) {
      step(end, key + " is being deleted", "deletion-slow", waits);
    }
  }

  private void until(
      ObjectKey key,
      Function<KubernetesObject, Optional<String>> missing,
      String code,
      Consumer<String> waits)
      throws InterruptedException {
    var end = clock.instant().plus(limit);
    while (true) {
      var lacks = live.get(key).map(missing).orElse(Optional.of("it is not there"));
      if (lacks.isEmpty()) {
        return;
      }
      step(end, "%s: %s".formatted(key, lacks.get()), code, waits);
    }
  }

  private void step(Instant end, String what, String code, Consumer<String> waits)
      throws InterruptedException {
    if (!clock.instant().isBefore(end)) {
      throw new FailureException(
          new Failure.Unavailable(
              code,
              "%s, for %d s now; mend it, and run this again".formatted(what, limit.toSeconds())));
    }
    waits.accept(what);
    pause.take(PAUSE);
  }

  private Optional<String> missing(KubernetesObject workload) {
    var status = workload.status();
    var wanted =
        Trees.number(
            workload.key().kind().equals("DaemonSet")
                ? status.get("desiredNumberScheduled")
                : workload.spec().get("replicas"),
            1);
    var generation = Trees.number(Trees.map(workload.tree().get("metadata")).get("generation"), 0);
    var isHeeded = Trees.number(status.get("observedGeneration"), -1) >= generation;
    var updated =
        Trees.number(
            status.getOrDefault(
                "updatedReplicas", status.getOrDefault("updatedNumberScheduled", 0)),
            0);
    var ready =
        Trees.number(
            status.getOrDefault("readyReplicas", status.getOrDefault("numberReady", 0)), 0);
    var all = Trees.number(status.get("replicas"), wanted);
    if (isHeeded && updated >= wanted && ready >= wanted && all <= wanted) {
      return Optional.empty();
    }
    var count =
        updated < wanted
            ? "%d of %d new".formatted(isHeeded ? updated : 0, wanted)
            : "%d of %d ready".formatted(ready, wanted);
    return Optional.of(count + reason(workload).map(r -> ", " + r).orElse(""));
  }

  /**
   * @throws FailureException {@code job-failed} if it has given up
   */
  private Optional<String> unfinished(KubernetesObject job) {
    for (var condition :
        Trees.list(job.status().get("conditions")).stream().map(Trees::map).toList()) {
      if ("True".equals(condition.get("status"))) {
        if ("Complete".equals(condition.get("type"))) {
          return Optional.empty();
        }
        if ("Failed".equals(condition.get("type"))) {
          throw new FailureException(
              new Failure.Broken(
                  "job-failed",
                  "%s has failed: %s; 'kubectl logs' of its pods says why"
                      .formatted(job.key(), Trees.text(condition.get("message")))));
        }
      }
    }
    return Optional.of("it is at work" + reason(job).map(r -> ", " + r).orElse(""));
  }

  /** What the first pod that does not come up says. */
  private Optional<String> reason(KubernetesObject workload) {
    var labels =
        Trees.map(Trees.map(workload.spec().get("selector")).get("matchLabels")).entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining(","));
    if (labels.isEmpty()) {
      return Optional.empty();
    }
    return live.list("v1", "Pod", workload.key().namespace(), labels).stream()
        .flatMap(pod -> PodTrouble.of(pod).stream())
        .findFirst();
  }

  private static Optional<String> address(KubernetesObject service) {
    return ServiceAddress.of(service).isPresent()
        ? Optional.empty()
        : Optional.of("the load balancer has no address yet");
  }
}
