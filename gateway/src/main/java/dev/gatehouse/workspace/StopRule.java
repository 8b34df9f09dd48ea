package dev.gatehouse.workspace;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.IdlePolicy;
import dev.gatehouse.cluster.MachineType;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a workspace is stopped without anybody asking: a decision from values alone. What is known
 * of use is old by a moment and told by other machines' clocks, so each time is given some slack.
 *
 * @param idleReason why it is stopped when nobody uses it
 */
public record StopRule(IdlePolicy policy, StopReason idleReason) {
  /** How long somebody whose budget is spent may leave a workspace unused. */
  private static final Duration OVERSPENT = Duration.ofMinutes(30);

  /** More than the time between a use and its telling, and a minute by which clocks may differ. */
  private static final Duration SLACK = Duration.ofMinutes(3);

  /** What is to be done with a workspace now. */
  public sealed interface Verdict {
    /** It is used, or not long out of use. */
    record Stays() implements Verdict {}

    /** It stops. */
    record Stops(StopReason reason) implements Verdict {}

    /** Nobody uses it; it stops unless its processes take this much of a core. */
    record StopsUnlessBusy(int millicores) implements Verdict {}
  }

  public StopRule(IdlePolicy policy) {
    this(policy, StopReason.IDLE);
  }

  /**
   * The same for somebody whose budget is spent: sooner, and never while it computes, though the
   * definition may say of its machine type that nobody looks at that.
   */
  public StopRule overspent() {
    var after = policy.after().filter(a -> a.compareTo(OVERSPENT) < 0).orElse(OVERSPENT);
    var busy =
        policy.busyMillicores() == 0
            ? IdlePolicy.DEFAULT.busyMillicores()
            : policy.busyMillicores();
    return new StopRule(
        new IdlePolicy(Optional.of(after), busy, policy.maxLifetime(), policy.warning()),
        StopReason.BUDGET);
  }

  /** For a workspace of this machine type; one that the definition no longer has gets the usual. */
  public static StopRule of(ClusterDefinition definition, WorkspaceInfo info) {
    return new StopRule(
        Optional.ofNullable(definition.machineTypes().get(info.type()))
            .map(MachineType::idle)
            .orElse(definition.workspaces().idle()));
  }

  /**
   * How often to look, so that the shortest time in the definition is kept.
   *
   * @param usual where all of them are long
   */
  public static Duration pause(ClusterDefinition definition, Duration usual) {
    return Stream.concat(
            definition.machineTypes().values().stream().map(MachineType::idle),
            Stream.of(definition.workspaces().idle()))
        .flatMap(p -> Stream.concat(p.after().stream(), p.maxLifetime().stream()))
        .map(time -> time.dividedBy(4))
        .filter(time -> time.compareTo(usual) < 0)
        .min(Duration::compareTo)
        .orElse(usual);
  }

  /** What is to be done with it at that time. */
  public Verdict verdict(WorkspaceInfo info, Instant now) {
    if (info.state() != State.RUNNING) {
      return new Verdict.Stays();
    }
    if (endOfLife(info).filter(end -> !now.isBefore(end)).isPresent()) {
      return new Verdict.Stops(StopReason.LIFETIME);
    }
    var kept = info.keepUntil().filter(now::isBefore).isPresent();
    if (kept || policy.after().filter(after -> isIdle(info, after, now)).isEmpty()) {
      return new Verdict.Stays();
    }
    return policy.busyMillicores() == 0
        ? new Verdict.Stops(idleReason)
        : new Verdict.StopsUnlessBusy(policy.busyMillicores());
  }

  /** When it is as old as it may get; empty while it does not run. */
  public Optional<Instant> endOfLife(WorkspaceInfo info) {
    return policy
        .maxLifetime()
        .filter(_ -> info.state() == State.RUNNING)
        .map(most -> info.since().plus(most));
  }

  /** How much later than asked an idle workspace is stopped. */
  public Duration slack() {
    return policy
        .after()
        .map(after -> after.dividedBy(2))
        .filter(half -> half.compareTo(SLACK) < 0)
        .orElse(SLACK);
  }

  private boolean isIdle(WorkspaceInfo info, Duration after, Instant now) {
    var used = info.lastUse().filter(info.since()::isBefore).orElse(info.since());
    return !now.isBefore(used.plus(after).plus(slack()));
  }
}
