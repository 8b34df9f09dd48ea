package dev.gatehouse.aws.nodes;

import dev.gatehouse.cluster.Pool;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateOverrides;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.autoscaling.model.MixedInstancesPolicy;

/** Which machines an Auto Scaling group launches: its mixed instances policy, if it has one. */
final class InstancePolicy {
  private static final int ALL = 100;

  private InstancePolicy() {}

  /** The best first; empty where the launch template alone names one. */
  static List<String> types(AutoScalingGroup group) {
    var policy = group.mixedInstancesPolicy();
    return policy == null || policy.launchTemplate() == null
        ? List.of()
        : policy.launchTemplate().overrides().stream()
            .flatMap(o -> Stream.ofNullable(o.instanceType()))
            .toList();
  }

  static boolean isSpot(AutoScalingGroup group) {
    var policy = group.mixedInstancesPolicy();
    if (policy == null || policy.instancesDistribution() == null) {
      return false;
    }
    var onDemand = policy.instancesDistribution().onDemandPercentageAboveBaseCapacity();
    return onDemand != null && onDemand < ALL;
  }

  static Optional<LaunchTemplateSpecification> template(AutoScalingGroup group) {
    return Optional.ofNullable(group.launchTemplate())
        .or(
            () ->
                Optional.ofNullable(group.mixedInstancesPolicy())
                    .map(MixedInstancesPolicy::launchTemplate)
                    .map(t -> t.launchTemplateSpecification()));
  }

  static MixedInstancesPolicy of(Pool pool, AutoScalingGroup group) {
    var types = pool.instanceTypes().isEmpty() ? types(group) : pool.instanceTypes();
    return MixedInstancesPolicy.builder()
        .launchTemplate(
            t ->
                t.launchTemplateSpecification(reference(template(group).orElseThrow()))
                    .overrides(
                        types.stream()
                            .map(
                                type ->
                                    LaunchTemplateOverrides.builder().instanceType(type).build())
                            .toList()))
        .instancesDistribution(
            d ->
                d.onDemandBaseCapacity(0)
                    .onDemandPercentageAboveBaseCapacity(pool.spot() ? 0 : ALL)
                    .onDemandAllocationStrategy("prioritized")
                    .spotAllocationStrategy("price-capacity-optimized"))
        .build();
  }

  /** AWS answers with id and name, and takes one of them. */
  private static LaunchTemplateSpecification reference(LaunchTemplateSpecification template) {
    return template.toBuilder().launchTemplateName(null).build();
  }
}
