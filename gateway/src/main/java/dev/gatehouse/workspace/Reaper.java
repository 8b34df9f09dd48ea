package dev.gatehouse.workspace;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.name.Username;
import dev.gatehouse.workspace.StopRule.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops the workspaces that nobody uses and those that are as old as they may get. It remembers
 * nothing: each round decides anew, and what it decides is looked at again, with what the cluster
 * knows at that moment, before anything ends.
 */
public final class Reaper {
  private static final Logger LOG = LoggerFactory.getLogger(Reaper.class);
  private static final Duration USUAL_PAUSE = Duration.ofMinutes(1);

  private final Workspaces workspaces;
  private final Supplier<ClusterDefinition> definition;
  private final Predicate<Username> overspent;
  private final Leader leader;
  private final InstantSource clock;

  /**
   * @param overspent whose workspaces are stopped sooner when nobody uses them
   */
  public Reaper(
      Workspaces workspaces,
      Supplier<ClusterDefinition> definition,
      Predicate<Username> overspent,
      Leader leader,
      InstantSource clock) {
    this.workspaces = workspaces;
    this.definition = definition;
    this.overspent = overspent;
    this.leader = leader;
    this.clock = clock;
  }

  /** How long to wait between two rounds. */
  public Duration pause() {
    return StopRule.pause(definition.get(), USUAL_PAUSE);
  }

  /** Looks at all workspaces, if this gateway is the one to do so. May block. */
  public void round() {
    var since = leader.since();
    if (since.isEmpty()) {
      return;
    }
    try {
      for (var info : workspaces.all()) {
        if (hasLedFor(rule(info).slack(), since.get())) {
          look(info);
        }
      }
    } catch (FailureException e) {
      LOG.debug("nobody knows what there is to be stopped", e);
    }
  }

  /**
   * When the API server comes back, uses that could not be told meanwhile are told first: who has
   * just begun to lead may know of none.
   */
  private boolean hasLedFor(Duration time, Instant since) {
    return !clock.instant().isBefore(since.plus(time));
  }

  private void look(WorkspaceInfo info) {
    look(info, this::rule);
  }

  private void look(WorkspaceInfo info, Function<WorkspaceInfo, StopRule> rules) {
    var rule = rules.apply(info);
    switch (rule.verdict(info, clock.instant())) {
      case Verdict.Stays() -> {}
      case Verdict.Stops(var reason) -> stop(info.id(), reason, rules);
      case Verdict.StopsUnlessBusy(var millicores) -> {
        var usage = workspaces.usage(info.id());
        if (usage.filter(u -> u.millicores() >= millicores).isPresent()) {
          workspaces.used(info.id());
        } else if (usage.isEmpty() && rule.idleReason() == StopReason.BUDGET) {
          // For money nothing is stopped that may be computing; for want of use it is.
          look(info, this::usualRule);
        } else {
          stop(info.id(), rule.idleReason(), rules);
        }
      }
    }
  }

  private void stop(WorkspaceId id, StopReason reason, Function<WorkspaceInfo, StopRule> rules) {
    var _ =
        workspaces
            .stopIf(id, reason, now -> reason(now, rules.apply(now)).equals(Optional.of(reason)))
            .exceptionally(
                e -> {
                  LOG.warn("[reaper-stop] {} could not be stopped for {}", id, reason, e);
                  return false;
                });
  }

  /** Why it would be stopped; how busy it is has been asked before. */
  private Optional<StopReason> reason(WorkspaceInfo info, StopRule rule) {
    return switch (rule.verdict(info, clock.instant())) {
      case Verdict.Stays() -> Optional.empty();
      case Verdict.Stops(var reason) -> Optional.of(reason);
      case Verdict.StopsUnlessBusy _ -> Optional.of(rule.idleReason());
    };
  }

  private StopRule rule(WorkspaceInfo info) {
    var usual = usualRule(info);
    return overspent.test(info.id().owner()) ? usual.overspent() : usual;
  }

  private StopRule usualRule(WorkspaceInfo info) {
    return StopRule.of(definition.get(), info);
  }
}
