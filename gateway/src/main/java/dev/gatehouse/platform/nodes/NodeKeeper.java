package dev.gatehouse.platform.nodes;

import dev.gatehouse.failure.FailureException;
import dev.gatehouse.nodes.NodeTask;
import dev.gatehouse.nodes.NodeTask.Phase;
import dev.gatehouse.nodes.NodeTasks;
import dev.gatehouse.nodes.NodeWish;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes nodes as people wish. It remembers nothing: each round reads the wishes and what was told
 * of them, does one step of each, and tells how far it is. So the next operator goes on where this
 * one has ended, and two at once do the same.
 */
public final class NodeKeeper {
  /** How often {@link #round} wants to be called. */
  public static final Duration PAUSE = Duration.ofSeconds(3);

  private static final Logger LOG = LoggerFactory.getLogger(NodeKeeper.class);

  private final KubernetesClient client;
  private final NodeTaskStore store;
  private final Supplier<DrainSettings> settings;
  private final String ownPod;
  private final InstantSource clock;

  /**
   * @param client stays the caller's
   * @param namespace of gateways and the operator
   * @param settings now
   * @param ownPod the name of the pod that this runs in: it leaves a node last
   */
  public NodeKeeper(
      KubernetesClient client,
      String namespace,
      Supplier<DrainSettings> settings,
      String ownPod,
      InstantSource clock) {
    this.client = client;
    this.store = new NodeTaskStore(client, namespace);
    this.settings = settings;
    this.ownPod = ownPod;
    this.clock = clock;
  }

  /** One step of each wish. A failure is logged: the next round tries again. Blocks. */
  public void round() {
    try {
      var wishes = store.wishes();
      var told = store.tasks();
      if (!wishes.nodes().isEmpty() || !told.nodes().isEmpty()) {
        tell(told, wishes.nodes().values().stream().sorted(OLDEST_FIRST).toList());
      }
    } catch (KubernetesClientException | FailureException e) {
      LOG.warn("[nodes-not-kept] wishes of nodes wait: {}", e.getMessage());
    }
  }

  private static final Comparator<NodeWish> OLDEST_FIRST =
      Comparator.comparing(NodeWish::at).thenComparing(NodeWish::node);

  private void tell(NodeTasks told, List<NodeWish> wishes) {
    var tasks = new TreeMap<String, NodeTask>();
    told.nodes().forEach(task -> tasks.put(task.node(), task));
    tasks.keySet().retainAll(wishes.stream().map(NodeWish::node).toList());
    var now = settings.get();
    var drain = new Drain(client, now, ownPod, clock);
    for (var wish : wishes) {
      var others =
          tasks.values().stream()
              .filter(t -> t.isDraining() && !t.node().equals(wish.node()))
              .map(NodeTask::node)
              .toList();
      var before = Optional.ofNullable(tasks.get(wish.node()));
      tasks.put(wish.node(), step(drain, drain.current(wish, before), others));
    }
    var next = new NodeTasks(List.copyOf(tasks.values()));
    if (!next.equals(told)) {
      next.nodes().forEach(task -> log(task, told.of(task.node())));
      store.write(next);
    }
  }

  private NodeTask step(Drain drain, NodeTask task, List<String> others) {
    try {
      return drain.step(task, others);
    } catch (KubernetesClientException e) {
      return switch (e.getCode()) {
        case HttpURLConnection.HTTP_NOT_FOUND ->
            task.in(Phase.FAILED, clock.instant(), "there is no node " + task.node());
        case HttpURLConnection.HTTP_FORBIDDEN ->
            task.in(
                Phase.FAILED,
                clock.instant(),
                "the operator has no right to do this; a person with credentials runs 'gatehouse"
                    + " apply', which gives it");
        default -> {
          LOG.warn("[nodes-not-kept] node {} waits: {}", task.node(), e.getMessage());
          yield task;
        }
      };
    }
  }

  private static void log(NodeTask task, Optional<NodeTask> before) {
    if (before.filter(b -> b.phase() == task.phase() && b.wish().equals(task.wish())).isEmpty()) {
      LOG.info(
          "[node-{}] {} for {}: {}",
          task.phase().name().toLowerCase(Locale.ROOT),
          task.node(),
          task.wish().by(),
          task.notes().isEmpty() ? "" : task.notes().getLast().what());
    }
  }
}
