package dev.gatehouse.nodes;

import dev.gatehouse.nodes.NodeFacts.Occupant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How far the operator is with a wish.
 *
 * @param since when this phase began
 * @param leaveAt when the node's pods begin to leave
 * @param workspaces those that were on it when it began, and where they are now
 * @param pods how many were to leave when it began
 * @param left how many have
 * @param staying the pods that do not go by themselves
 * @param waiting what it waits for, as sentences without an end
 * @param notes what happened, the oldest first
 */
public record NodeTask(
    NodeWish wish,
    Phase phase,
    Instant since,
    Optional<Instant> leaveAt,
    List<Moved> workspaces,
    int pods,
    int left,
    List<Staying> staying,
    List<String> waiting,
    List<Note> notes) {
  /** So many notes are kept of a task. */
  private static final int NOTES = 20;

  /** So many pods are named; what waits for a large node's pods must not fill the ConfigMap. */
  public static final int NAMED = 20;

  /** Where it stands. */
  public enum Phase {
    /** Other nodes are emptied first. */
    QUEUED,
    /** The people on it are told. */
    WARNING,
    /** Its pods leave. */
    EVICTING,
    /** Done: no pod is left that had to go. */
    DRAINED,
    /** Over: pods are left that do not go by themselves. */
    STUCK,
    /** Done: it is closed to new pods. */
    CORDONED,
    /** Done: it is open to new pods. */
    OPEN,
    /** It could not be done. */
    FAILED
  }

  /**
   * A workspace that leaves the node.
   *
   * @param where a person's words, such as {@code runs on n2}
   * @param settled whether nothing changes of it by waiting a moment
   */
  public record Moved(Occupant workspace, String where, boolean settled) {}

  /**
   * A pod that stays until somebody acts.
   *
   * @param pod namespace and name
   */
  public record Staying(String pod, String why) {}

  /** Something that happened. */
  public record Note(Instant at, String what) {}

  public NodeTask {
    workspaces = List.copyOf(workspaces);
    staying = List.copyOf(staying);
    waiting = List.copyOf(waiting);
    notes = List.copyOf(notes);
  }

  /** Nothing has been done for it yet. */
  public static NodeTask begin(NodeWish wish, Instant now) {
    return new NodeTask(
        wish,
        Phase.QUEUED,
        now,
        Optional.empty(),
        List.of(),
        0,
        0,
        List.of(),
        List.of(),
        List.of());
  }

  public String node() {
    return wish.node();
  }

  /** Whether the node is being emptied. */
  public boolean isDraining() {
    return phase == Phase.WARNING || phase == Phase.EVICTING;
  }

  /** Whether the operator has done what it can. */
  public boolean isOver() {
    return phase != Phase.QUEUED && !isDraining();
  }

  /** Whether all workspaces that left are where they stay, or cannot be placed. */
  public boolean isSettled() {
    return workspaces.stream().allMatch(Moved::settled);
  }

  public NodeTask in(Phase next, Instant now, String note) {
    return new NodeTask(wish, next, now, leaveAt, workspaces, pods, left, staying, waiting, notes)
        .note(now, note);
  }

  /** The same, for a wish of the same kind that has come since. */
  public NodeTask as(NodeWish later) {
    return new NodeTask(
        later, phase, since, leaveAt, workspaces, pods, left, staying, waiting, notes);
  }

  /** With what happened of the node before. */
  public NodeTask after(Optional<NodeTask> before) {
    return new NodeTask(
        wish,
        phase,
        since,
        leaveAt,
        workspaces,
        pods,
        left,
        staying,
        waiting,
        before.map(NodeTask::notes).orElse(List.of()));
  }

  public NodeTask leaving(Instant at) {
    return new NodeTask(
        wish, phase, since, Optional.of(at), workspaces, pods, left, staying, waiting, notes);
  }

  public NodeTask with(List<Moved> moved) {
    return new NodeTask(wish, phase, since, leaveAt, moved, pods, left, staying, waiting, notes);
  }

  /** With what is to be said of its pods now. */
  public NodeTask count(int pods, int left, List<Staying> staying, List<String> waiting) {
    return new NodeTask(
        wish,
        phase,
        since,
        leaveAt,
        workspaces,
        pods,
        left,
        staying.stream().limit(NAMED).toList(),
        waiting.stream().limit(NAMED).toList(),
        notes);
  }

  /** With what happened; what was said last is not said again. */
  public NodeTask note(Instant at, String what) {
    if (what.isEmpty() || (!notes.isEmpty() && notes.getLast().what().equals(what))) {
      return this;
    }
    var all = Stream.concat(notes.stream(), Stream.of(new Note(at, what))).toList();
    return new NodeTask(
        wish,
        phase,
        since,
        leaveAt,
        workspaces,
        pods,
        left,
        staying,
        waiting,
        new ArrayList<>(all.subList(Math.max(0, all.size() - NOTES), all.size())));
  }
}
