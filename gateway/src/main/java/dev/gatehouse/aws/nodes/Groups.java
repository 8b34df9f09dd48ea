package dev.gatehouse.aws.nodes;

import dev.gatehouse.aws.Aws;
import dev.gatehouse.aws.AwsFailures;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.nodes.PoolIssue;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;

/**
 * What Auto Scaling says of a group, whoever made it.
 *
 * @param autoscaler whether the cluster autoscaler runs in the cluster
 */
record Groups(Aws aws, BooleanSupplier autoscaler, InstantSource clock) {
  /** By it the cluster autoscaler finds its groups; EKS sets it on all of its own. */
  private static final String AUTOSCALED = "k8s.io/cluster-autoscaler/enabled";

  /** The latest; older ones say nothing of now. */
  private static final int ACTIVITIES = 20;

  Optional<AutoScalingGroup> named(String name) {
    return AwsFailures.told(
            "read the Auto Scaling group " + name,
            () -> aws.autoScaling().describeAutoScalingGroups(r -> r.autoScalingGroupNames(name)))
        .autoScalingGroups()
        .stream()
        .findFirst();
  }

  /** How many of its machines run. */
  static int inService(AutoScalingGroup group) {
    return (int)
        group.instances().stream()
            .filter(i -> i.lifecycleState() == LifecycleState.IN_SERVICE)
            .filter(i -> "Healthy".equals(i.healthStatus()))
            .count();
  }

  /** The tag alone does not say that somebody acts by it. */
  boolean isAutoscaled(AutoScalingGroup group) {
    return group.tags().stream().anyMatch(t -> t.key().equals(AUTOSCALED))
        && autoscaler.getAsBoolean();
  }

  /** What keeps it from launching machines, or takes them away. A refusal to say is one too. */
  List<PoolIssue> issues(String name) {
    try {
      var activities =
          AwsFailures.told(
                  "read what the Auto Scaling group %s has done".formatted(name),
                  () ->
                      aws.autoScaling()
                          .describeScalingActivities(
                              r -> r.autoScalingGroupName(name).maxRecords(ACTIVITIES)))
              .activities();
      return ScalingActivities.issues(activities, clock.instant());
    } catch (FailureException e) {
      return List.of(new PoolIssue(e.failure().code(), e.failure().message(), Optional.empty()));
    }
  }
}
