package dev.gatehouse.platform.operator;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.cluster.revisions.Revision;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.platform.ApplyLease;
import dev.gatehouse.platform.Desired;
import dev.gatehouse.platform.Part;
import dev.gatehouse.platform.Part.PoolPart;
import dev.gatehouse.platform.PartPlan;
import dev.gatehouse.platform.Plan;
import dev.gatehouse.platform.Platform;
import dev.gatehouse.platform.Progress;
import dev.gatehouse.platform.helm.Helm;
import dev.gatehouse.platform.objects.LiveObjects;
import dev.gatehouse.platform.pools.MadePools;
import dev.gatehouse.platform.revisions.TryAgain;
import dev.gatehouse.platform.status.PartStatus.State;
import dev.gatehouse.platform.values.GuardRails;
import dev.gatehouse.platform.values.GuardRails.Beyond;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes one revision so, part by part. A part that goes beyond the guard rails stays as it is, as a
 * whole: half of it could be worse than none. The other parts are made so: a limit that waits for a
 * person must not keep a site from scaling its gateways.
 */
final class Reconciliation {
  private static final String DEFINITION = "definition";

  private final Platform platform;
  private final Helm helm;
  private final LiveObjects live;
  private final ApplyLease lease;
  private final TryAgain tryAgain;
  private final StatusReport report;
  private final Path charts;
  private final String namespace;

  /**
   * @param namespace of this operator, whatever the definition says
   */
  Reconciliation(
      Platform platform,
      Helm helm,
      LiveObjects live,
      ApplyLease lease,
      TryAgain tryAgain,
      StatusReport report,
      Path charts,
      String namespace) {
    this.platform = platform;
    this.helm = helm;
    this.live = live;
    this.lease = lease;
    this.tryAgain = tryAgain;
    this.report = report;
    this.charts = charts;
    this.namespace = namespace;
  }

  /**
   * Makes the revision so, as far as it may.
   *
   * @param check throws if the operator is to stop; is asked between parts
   * @return whether nothing is left that a repetition would change
   */
  boolean run(Revision revision, Stop check) throws InterruptedException {
    report.open();
    // Asked before: what is asked for meanwhile is for the next pass.
    var request = tryAgain.asked();
    var isDone = make(revision, check);
    report.tried(request);
    return isDone;
  }

  private boolean make(Revision revision, Stop check) throws InterruptedException {
    var definition = read(revision);
    if (definition.isEmpty()) {
      return true;
    }
    var desired = new Desired(definition.get(), charts, namespace);
    var parts = new ArrayList<>(desired.ofOperator());
    parts.addAll(desired.gone(new MadePools(live, namespace).all()));
    report.only(names(parts));
    report.applied(revision.number(), DEFINITION);
    var rails = SetGuardRails.read(live, namespace);
    var beyond =
        rails.map(r -> r.beyond(definition.get())).orElse(List.of()).stream()
            .collect(groupingBy(Beyond::part));
    var isDone = foundation(revision, desired, beyond);
    var pass = new Pass(revision, rails.isPresent(), beyond, check);
    for (var part : parts) {
      isDone &= pass.make(part);
      check.check();
    }
    var isRemovalTold = removal(revision, parts);
    return isDone && isRemovalTold;
  }

  /** Throws if the operator is to stop. */
  interface Stop {
    void check() throws InterruptedException;
  }

  /** Empty, and told, if it cannot be read: then nothing is changed. */
  private Optional<ClusterDefinition> read(Revision revision) {
    try {
      return Optional.of(
          ClusterDefinitionFile.parse("revision " + revision.number(), revision.text()));
    } catch (UserError e) {
      report.refused(
          revision.number(),
          DEFINITION,
          new Failure.Denied("definition-broken", "nothing was changed: " + e.text()));
      return Optional.empty();
    }
  }

  private static List<String> names(List<Part> parts) {
    return Stream.concat(
            Stream.of(DEFINITION, GuardRails.FOUNDATION), parts.stream().map(Part::name))
        .toList();
  }

  /** Only compares: the operator has no rights on it. */
  private boolean foundation(Revision revision, Desired desired, Map<String, List<Beyond>> beyond) {
    try {
      var wanted = desired.foundation();
      var deployed = helm.deployed(namespace, wanted.name());
      var messages =
          Stream.concat(
                  beyond.getOrDefault(GuardRails.FOUNDATION, List.of()).stream().map(Beyond::text),
                  deployed.stream().flatMap(d -> FoundationChanges.between(d, wanted).stream()))
              .distinct()
              .toList();
      if (messages.isEmpty()) {
        report.applied(revision.number(), wanted.name());
      } else {
        report.waiting(
            revision.number(), wanted.name(), "needs-person", String.join("; ", messages));
      }
      return true;
    } catch (FailureException e) {
      report.failed(revision.number(), GuardRails.FOUNDATION, e.failure());
      return false;
    }
  }

  /**
   * A directory is not removed because a text says so: whoever can write the text could delete it.
   */
  private boolean removal(Revision revision, List<Part> parts) {
    if (parts.stream().anyMatch(p -> p.name().equals(GuardRails.DIRECTORY))) {
      return true;
    }
    try {
      if (helm.deployed(namespace, GuardRails.DIRECTORY).isPresent()) {
        report.waiting(
            revision.number(),
            GuardRails.DIRECTORY,
            "needs-person",
            "the definition has no directory.deployed any more; the directory goes by gatehouse"
                + " destroy alone");
      }
      return true;
    } catch (FailureException e) {
      report.failed(revision.number(), GuardRails.DIRECTORY, e.failure());
      return false;
    }
  }

  private final class Pass {
    private final Revision revision;
    private final boolean areRailsSet;
    private final Map<String, List<Beyond>> beyond;
    private final Stop stop;

    private Pass(
        Revision revision, boolean areRailsSet, Map<String, List<Beyond>> beyond, Stop stop) {
      this.revision = revision;
      this.areRailsSet = areRailsSet;
      this.beyond = beyond;
      this.stop = stop;
    }

    boolean make(Part part) throws InterruptedException {
      var forbidden = forbidden(part);
      try {
        if (forbidden.isEmpty()) {
          return apply(part);
        }
        if (isSo(part)) {
          report.applied(revision.number(), part.name());
        } else {
          report.waiting(revision.number(), part.name(), "needs-person", forbidden.get());
        }
        return true;
      } catch (FailureException e) {
        return failed(part, e.failure());
      } catch (UserError e) {
        report.refused(
            revision.number(), part.name(), new Failure.Denied("values-refused", e.text()));
        return true;
      }
    }

    /** A pool that is as it should be, or that nobody here makes, goes beyond nothing. */
    private boolean isSo(Part part) {
      return part instanceof PoolPart && platform.plan(part).isEmpty();
    }

    private Optional<String> forbidden(Part part) {
      if (!areRailsSet) {
        return Optional.of(
            "there are no guard rails: they are set by gatehouse apply by a person with"
                + " credentials");
      }
      return Optional.ofNullable(beyond.get(part.name()))
          .map(all -> all.stream().map(Beyond::text).collect(joining("; ")));
    }

    private boolean apply(Part part) throws InterruptedException {
      var plan = platform.plan(part);
      if (!plan.refusals().isEmpty()) {
        report.refused(revision.number(), part.name(), plan.refusals().getFirst());
        return true;
      }
      if (plan.isEmpty() && !wasUnderWay(part)) {
        report.applied(revision.number(), part.name());
        return true;
      }
      try (var held = lease.take(false, _ -> {})) {
        // Another may have changed it before.
        var now = platform.plan(part);
        if (!now.refusals().isEmpty()) {
          report.refused(revision.number(), part.name(), now.refusals().getFirst());
          return true;
        }
        report.applying(revision.number(), part.name(), "");
        stop.check();
        platform.apply(new Plan(List.of(now)), telling(part), () -> requireHeld(held));
        report.applied(revision.number(), part.name());
        return true;
      }
    }

    private boolean wasUnderWay(Part part) {
      return report
          .status()
          .of(part.name())
          .filter(s -> s.state() == State.APPLYING || s.state() == State.FAILED)
          .isPresent();
    }

    private boolean failed(Part part, Failure why) {
      if (why.code().equals("apply-running")) {
        report.waiting(revision.number(), part.name(), why.code(), why.message());
      } else {
        report.failed(revision.number(), part.name(), why);
      }
      return false;
    }

    private Progress telling(Part part) {
      return new Progress() {
        @Override
        public void begins(PartPlan plan) {}

        @Override
        public void waits(PartPlan plan, String what) {
          report.applying(revision.number(), part.name(), what);
        }

        @Override
        public void done(PartPlan plan) {}

        @Override
        public void stops(PartPlan at, List<PartPlan> notDone) {}
      };
    }
  }

  private static void requireHeld(ApplyLease.Held held) {
    if (!held.isHeld()) {
      throw new FailureException(
          new Failure.Unavailable("apply-overtaken", "another changes the platform now"));
    }
  }
}
