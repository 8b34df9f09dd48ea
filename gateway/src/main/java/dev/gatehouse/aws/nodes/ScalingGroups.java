package dev.gatehouse.aws.nodes;

import dev.gatehouse.aws.Aws;
import dev.gatehouse.aws.AwsFailures;
import dev.gatehouse.cluster.Pool;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.name.PoolName;
import dev.gatehouse.nodes.PoolDifference;
import dev.gatehouse.nodes.PoolEngine;
import dev.gatehouse.nodes.PoolState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Filter;
import software.amazon.awssdk.services.autoscaling.model.UpdateAutoScalingGroupRequest;

/**
 * Auto Scaling groups that somebody has made, and tagged {@code gatehouse.dev/pool}: their size,
 * their instance types and whether they are spot. The rest of a node stands in their launch
 * template, which only its maker knows. None is made or deleted here.
 */
final class ScalingGroups implements PoolEngine {
  /** The cluster autoscaler reads this one too, to know the nodes of a group that has none. */
  private static final String LABEL_TAG = "k8s.io/cluster-autoscaler/node-template/label/";

  private final Aws aws;
  private final String cluster;
  private final Groups groups;

  ScalingGroups(Aws aws, String cluster, Groups groups) {
    this.aws = aws;
    this.cluster = cluster;
    this.groups = groups;
  }

  @Override
  public String name() {
    return "Auto Scaling groups";
  }

  // ---- what is there ----

  /** The group of a pool; one that is being deleted is none. */
  private Optional<AutoScalingGroup> find(PoolName pool) {
    var found =
        Stream.of(Pool.LABEL, LABEL_TAG + Pool.LABEL)
            .flatMap(tag -> tagged(tag, pool.value()).stream())
            .filter(this::isOfCluster)
            .filter(group -> group.status() == null)
            .map(AutoScalingGroup::autoScalingGroupName)
            .distinct()
            .toList();
    if (found.size() > 1) {
      throw new FailureException(
          new Failure.Denied(
              "pool-group-ambiguous",
              "several Auto Scaling groups have the tag %s=%s: %s; leave it on one, with all its zones and instance types"
                  .formatted(Pool.LABEL, pool, String.join(", ", found))));
    }
    return found.stream().findFirst().flatMap(groups::named);
  }

  private List<AutoScalingGroup> tagged(String key, String value) {
    var filter = Filter.builder().name("tag:" + key).values(value).build();
    return AwsFailures.told(
        "list the Auto Scaling groups",
        () ->
            aws
                .autoScaling()
                .describeAutoScalingGroupsPaginator(r -> r.filters(filter))
                .autoScalingGroups()
                .stream()
                .toList());
  }

  /** An account has several clusters, each with a pool called gpu. */
  private boolean isOfCluster(AutoScalingGroup group) {
    return group.tags().stream().anyMatch(t -> t.key().equals("kubernetes.io/cluster/" + cluster));
  }

  @Override
  public Optional<PoolState> look(Pool pool) {
    return find(pool.name()).map(group -> state(pool, group));
  }

  private PoolState state(Pool pool, AutoScalingGroup group) {
    var isAutoscaled = groups.isAutoscaled(group);
    var issues = new ArrayList<>(groups.issues(group.autoScalingGroupName()));
    if (isAutoscaled) {
      PoolIssues.ofFixedNumber(pool).ifPresent(issues::add);
    }
    return new PoolState(
        pool.name(),
        name(),
        group.minSize(),
        group.maxSize(),
        OptionalInt.of(group.desiredCapacity()),
        Groups.inService(group),
        InstancePolicy.types(group),
        InstancePolicy.isSpot(group),
        issues,
        isAutoscaled ? Optional.of(PoolIssues.AUTOSCALER) : Optional.empty());
  }

  private static PoolSize size(AutoScalingGroup group) {
    return new PoolSize(group.minSize(), group.maxSize(), group.desiredCapacity());
  }

  // ---- what would change ----

  @Override
  public List<PoolDifference> differences(Pool pool, Optional<PoolState> now) {
    return find(pool.name())
        .map(group -> differences(pool, group))
        .orElseGet(
            () -> List.of(PoolDifference.of("the pool as a whole", "", "").refused(missing(pool))));
  }

  private List<PoolDifference> differences(Pool pool, AutoScalingGroup group) {
    var size = wanted(pool, group);
    var differences = new ArrayList<>(size.differences(Optional.of(size(group))));
    if (!pool.instanceTypes().isEmpty()) {
      add(
          "instanceTypes",
          String.join(", ", InstancePolicy.types(group)),
          String.join(", ", pool.instanceTypes()),
          differences);
    }
    add(
        "spot",
        String.valueOf(InstancePolicy.isSpot(group)),
        String.valueOf(pool.spot()),
        differences);
    var isOtherMachines = differences.stream().anyMatch(ScalingGroups::isOfMachines);
    size.refusal(pool, 0)
        .or(() -> refusal(pool, group, isOtherMachines))
        .ifPresent(
            why ->
                differences.addFirst(
                    PoolDifference.of("the pool as a whole", "", "").refused(why)));
    return List.copyOf(differences);
  }

  private PoolSize wanted(Pool pool, AutoScalingGroup group) {
    return PoolSize.wanted(pool, Optional.of(size(group)), groups.isAutoscaled(group));
  }

  private static boolean isOfMachines(PoolDifference difference) {
    return difference.field().equals("instanceTypes") || difference.field().equals("spot");
  }

  private static void add(
      String field, String before, String after, List<PoolDifference> differences) {
    if (!before.equals(after)) {
      differences.add(PoolDifference.of(field, before, after));
    }
  }

  private Failure missing(Pool pool) {
    return new Failure.Denied(
        "pool-group-missing",
        ("no Auto Scaling group of cluster %s has the tag %s=%s: make one, whose launch template"
                + " lets its nodes join the cluster, and tag it; or name another engine under"
                + " cloud.aws.nodes")
            .formatted(cluster, Pool.LABEL, pool.name()));
  }

  private static Optional<Failure> refusal(
      Pool pool, AutoScalingGroup group, boolean isOtherMachines) {
    if (isOtherMachines && InstancePolicy.template(group).isEmpty()) {
      return Optional.of(
          new Failure.Denied(
              "pool-group-old",
              "the Auto Scaling group %s has a launch configuration, which knows one instance type and no spot: give it a launch template"
                  .formatted(group.autoScalingGroupName())));
    }
    if (isOtherMachines
        && pool.instanceTypes().isEmpty()
        && InstancePolicy.types(group).isEmpty()) {
      return Optional.of(
          new Failure.Denied(
              "pool-types-missing",
              "pool %s is to be spot and names no instanceTypes: name several"
                  .formatted(pool.name())));
    }
    return pool.disk().isPresent() || pool.image().isPresent()
        ? Optional.of(
            new Failure.Denied(
                "pool-field-refused",
                "disk and image of pool %s stand in the launch template of the Auto Scaling group %s: take them out of the definition"
                    .formatted(pool.name(), group.autoScalingGroupName())))
        : Optional.empty();
  }

  // ---- making it so ----

  /**
   * One request, with values and no steps: AWS takes no client token for it, and a second of the
   * same changes nothing.
   */
  @Override
  public void apply(Pool pool, Consumer<String> waits) {
    var group = find(pool.name()).orElseThrow(() -> new FailureException(missing(pool)));
    var differences = differences(pool, group);
    var refusal = differences.stream().flatMap(d -> d.refusal().stream()).findFirst();
    if (refusal.isPresent()) {
      throw new FailureException(refusal.get());
    }
    if (differences.isEmpty()) {
      return;
    }
    var name = group.autoScalingGroupName();
    waits.accept("Auto Scaling group %s: AWS is told".formatted(name));
    AwsFailures.told(
        "change the Auto Scaling group " + name,
        () -> aws.autoScaling().updateAutoScalingGroup(request(pool, group, differences)));
  }

  private UpdateAutoScalingGroupRequest request(
      Pool pool, AutoScalingGroup group, List<PoolDifference> differences) {
    var size = wanted(pool, group);
    var request =
        UpdateAutoScalingGroupRequest.builder()
            .autoScalingGroupName(group.autoScalingGroupName())
            .minSize(size.min())
            .maxSize(size.max());
    // Whoever else decides on the number of nodes may do so now.
    if (group.desiredCapacity() != size.desired()) {
      request.desiredCapacity(size.desired());
    }
    if (differences.stream().anyMatch(ScalingGroups::isOfMachines)) {
      request.mixedInstancesPolicy(InstancePolicy.of(pool, group));
    }
    return request.build();
  }

  @Override
  public void remove(PoolName name, Consumer<String> waits) {
    find(name)
        .ifPresent(
            group ->
                waits.accept(
                    "Auto Scaling group %s: it stays, for the platform has not made it"
                        .formatted(group.autoScalingGroupName())));
  }
}
