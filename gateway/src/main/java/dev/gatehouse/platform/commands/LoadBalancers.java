package dev.gatehouse.platform.commands;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.platform.Rollouts;
import dev.gatehouse.platform.objects.KubernetesObject;
import dev.gatehouse.platform.objects.LiveObjects;
import dev.gatehouse.platform.objects.Trees;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The load balancers that the cluster's controllers have made. They are deleted by their Services,
 * while there is a controller: one that outlives the cluster keeps its network from going.
 */
final class LoadBalancers {
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final int MOST_PAUSES = 60;

  private LoadBalancers() {}

  /**
   * Waits until no Service has one any more.
   *
   * @throws FailureException with those that have, after five minutes
   */
  static void awaitGone(LiveObjects live, Rollouts.Pause pause, Consumer<String> told)
      throws InterruptedException {
    var before = "";
    for (var i = 0; ; i++) {
      var services = services(live);
      if (services.isEmpty()) {
        return;
      }
      var names = services.stream().map(s -> s.key().toString()).collect(Collectors.joining(", "));
      if (i == MOST_PAUSES) {
        throw new FailureException(
            new Failure.Unavailable(
                "load-balancers-left",
                "the account's stacks were left: there are load balancers of %s; delete these, and run this again"
                    .formatted(names)));
      }
      if (!names.equals(before)) {
        told.accept("waits for the load balancers of " + names);
        before = names;
      }
      pause.take(PAUSE);
    }
  }

  private static List<KubernetesObject> services(LiveObjects live) {
    return live.list("v1", "Service", "", "").stream()
        .filter(service -> Trees.text(service.spec().get("type")).equals("LoadBalancer"))
        .toList();
  }
}
