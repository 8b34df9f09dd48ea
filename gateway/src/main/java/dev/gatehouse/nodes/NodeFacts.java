package dev.gatehouse.nodes;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a node is, and what happens on it.
 *
 * @param instanceType a cloud's kind of machine; empty if it has none
 * @param pool the pool that it belongs to, by the definition's label or the cloud's; empty if none
 * @param zone empty if it has none
 * @param created when the cluster got to know it
 * @param system its versions, such as {@code kubelet} to {@code v1.33.1}
 * @param conditions all of them, those that are as they should be too
 * @param events the last {@link #EVENTS}, the oldest first
 * @param workspaces whose pod is on it
 * @param mostPods how many pods it may have
 */
public record NodeFacts(
    String instanceType,
    String pool,
    String zone,
    Optional<Instant> created,
    Map<String, String> system,
    Map<String, String> labels,
    List<Taint> taints,
    List<Condition> conditions,
    List<Event> events,
    List<Occupant> workspaces,
    int mostPods) {
  /** So many events of a node are told; older ones are left out. */
  public static final int EVENTS = 10;

  /** A message is cut behind so many characters. */
  public static final int MESSAGE = 200;

  /** Of which nothing is known. */
  public static final NodeFacts NONE =
      new NodeFacts(
          "",
          "",
          "",
          Optional.empty(),
          Map.of(),
          Map.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          Integer.MAX_VALUE);

  public NodeFacts {
    system = Map.copyOf(system);
    labels = Map.copyOf(labels);
    taints = List.copyOf(taints);
    conditions = List.copyOf(conditions);
    events = List.copyOf(events);
    workspaces = List.copyOf(workspaces);
  }

  /** Keeps pods away that do not tolerate it. */
  public record Taint(String key, String value, String effect) {
    /** Whether it is only a wish of the scheduler. */
    public boolean isSoft() {
      return effect.equals("PreferNoSchedule");
    }

    @Override
    public String toString() {
      return (value.isEmpty() ? key : key + "=" + value) + ":" + effect;
    }
  }

  /**
   * @param status {@code True}, {@code False} or {@code Unknown}
   * @param since when it came to be so
   */
  public record Condition(
      String type, String status, Optional<Instant> since, String reason, String message) {
    private static final String READY = "Ready";

    /** Whether it is as it should be: Ready is true, and every trouble is false. */
    public boolean isGood() {
      return status.equals(type.equals(READY) ? "True" : "False");
    }
  }

  /** Kubernetes' word of what happened. */
  public record Event(Instant at, String reason, String message, boolean warning) {}

  /** A workspace, by whose it is and what they call it. */
  public record Occupant(String owner, String name) {
    @Override
    public String toString() {
      return owner + "/" + name;
    }
  }
}
