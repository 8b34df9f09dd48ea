package dev.gatehouse.platform;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.platform.Part.OwnNamespace;
import java.util.List;

/** Carries out a plan that a person has seen, as the only one who changes the platform. */
public final class Applier {
  private final Platform platform;
  private final Permissions permissions;
  private final ApplyLease lease;
  private final String namespace;

  /**
   * @param namespace of the gateways
   */
  public Applier(Platform platform, Permissions permissions, ApplyLease lease, String namespace) {
    this.platform = platform;
    this.permissions = permissions;
    this.lease = lease;
    this.namespace = namespace;
  }

  /**
   * Refuses a plan that cannot be carried out as a whole. Changes nothing.
   *
   * @throws FailureException with the first refusal, or {@code rights-missing}
   */
  public void check(Plan plan) {
    var refusals = plan.refusals();
    if (!refusals.isEmpty()) {
      throw new FailureException(refusals.getFirst());
    }
    permissions.check(plan, namespace);
  }

  /**
   * Carries out the plan. Run again after a failure, it goes on where it was.
   *
   * @param shown was checked
   * @param isWaiting whether to wait for another who changes the platform
   * @throws FailureException {@code plan-outdated} if the platform has changed since the plan was
   *     made; else what went wrong
   */
  public void apply(Plan shown, boolean isWaiting, Progress progress) throws InterruptedException {
    var rest = withNamespace(shown, progress);
    try (var held =
        lease.take(isWaiting, waits -> progress.waits(rest.parts().getFirst(), waits))) {
      var now = platform.plan(rest.parts().stream().map(PartPlan::part).toList());
      if (!now.equals(rest)) {
        throw new FailureException(
            new Failure.Unavailable(
                "plan-outdated",
                "the platform has changed since this plan was made; run this again to see how"));
      }
      platform.apply(rest, progress, held::require);
    }
  }

  /** The Lease stands in the namespace, so that comes before it; to make it twice does no harm. */
  private Plan withNamespace(Plan shown, Progress progress) throws InterruptedException {
    var first = shown.parts().getFirst();
    if (!(first.part() instanceof OwnNamespace)) {
      return shown;
    }
    var rest = new Plan(shown.parts().subList(1, shown.parts().size()));
    if (!first.isEmpty()) {
      platform.apply(new Plan(List.of(first)), progress, () -> {});
      // The foundation has the namespace too, and finds it now.
      return platform.plan(rest.parts().stream().map(PartPlan::part).toList());
    }
    return rest;
  }
}
