package dev.gatehouse.aws.nodes;

import dev.gatehouse.aws.Aws;
import dev.gatehouse.aws.AwsFailures;
import dev.gatehouse.cluster.Pool;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.name.PoolName;
import dev.gatehouse.nodes.PoolDifference;
import dev.gatehouse.nodes.PoolEngine;
import dev.gatehouse.nodes.PoolIssue;
import dev.gatehouse.nodes.PoolState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.eks.model.CapacityTypes;
import software.amazon.awssdk.services.eks.model.Nodegroup;
import software.amazon.awssdk.services.eks.model.NodegroupStatus;
import software.amazon.awssdk.services.eks.model.ResourceInUseException;
import software.amazon.awssdk.services.eks.model.ResourceNotFoundException;

/**
 * Managed node groups of EKS. What EKS cannot change of a group, such as its instance types, makes
 * a new group; when that is there, the old one goes, and EKS drains its nodes. A group that
 * somebody else made, and whose nodes have the pool's label, is changed as far as EKS can, and
 * never deleted.
 */
final class NodeGroups implements PoolEngine {
  private static final int LEAST_MAX = 1;

  private final Aws aws;
  private final String cluster;
  private final ClusterSubnets subnets;
  private final Groups groups;
  private final Waiting waiting;
  private final NodeGroupFinder finder;
  private final LaunchTemplates templates;

  NodeGroups(Aws aws, String cluster, ClusterSubnets subnets, Groups groups, Waiting waiting) {
    this.aws = aws;
    this.cluster = cluster;
    this.subnets = subnets;
    this.groups = groups;
    this.waiting = waiting;
    this.finder = new NodeGroupFinder(aws, cluster);
    this.templates = new LaunchTemplates(aws);
  }

  @Override
  public String name() {
    return "node groups of EKS";
  }

  // ---- what is there ----

  /**
   * The node groups of a pool.
   *
   * @param current what the pool has
   * @param autoScaling that group's
   * @param older what a replacement that was cut off has left
   */
  private record Found(
      Optional<Nodegroup> current, Optional<AutoScalingGroup> autoScaling, List<Nodegroup> older) {}

  private Found find(Pool pool) {
    var all =
        finder.of(pool.name()).stream()
            .filter(g -> g.status() != NodegroupStatus.DELETING)
            .sorted(Comparator.comparing(Nodegroup::createdAt).reversed())
            .toList();
    var wanted = NodeGroupFields.wanted(pool);
    var current =
        all.stream()
            .filter(g -> fits(g, pool, wanted))
            .findFirst()
            .or(() -> all.stream().findFirst());
    return new Found(
        current,
        current.flatMap(this::autoScaling),
        all.stream().filter(g -> !current.equals(Optional.of(g))).toList());
  }

  /**
   * Whether it has what EKS could not change. A group of ours by that name was made so, whatever
   * EKS tells of it: a successor would have the same name.
   */
  private boolean fits(Nodegroup group, Pool pool, NodeGroupFields wanted) {
    return group.nodegroupName().equals(NodeGroupNames.of(pool.name(), wanted.fixed()))
        || NodeGroupFields.of(group, wanted, subnets).fixed().equals(wanted.fixed());
  }

  private Optional<AutoScalingGroup> autoScaling(Nodegroup group) {
    return group.resources() == null
        ? Optional.empty()
        : group.resources().autoScalingGroups().stream()
            .findFirst()
            .flatMap(g -> groups.named(g.name()));
  }

  @Override
  public Optional<PoolState> look(Pool pool) {
    var found = find(pool);
    return found.current().map(group -> state(pool, group, found.autoScaling()));
  }

  private PoolState state(Pool pool, Nodegroup group, Optional<AutoScalingGroup> autoScaling) {
    var size = size(group);
    var isAutoscaled = autoScaling.filter(groups::isAutoscaled).isPresent();
    var issues = new ArrayList<>(NodeGroupIssues.of(group));
    autoScaling.ifPresent(g -> issues.addAll(groups.issues(g.autoScalingGroupName())));
    if (isAutoscaled) {
      PoolIssues.ofFixedNumber(pool).ifPresent(issues::add);
    }
    return new PoolState(
        pool.name(),
        name(),
        size.min(),
        size.max(),
        OptionalInt.of(size.desired()),
        autoScaling.map(Groups::inService).orElse(0),
        group.instanceTypes(),
        group.capacityType() == CapacityTypes.SPOT,
        issues,
        isAutoscaled ? Optional.of(PoolIssues.AUTOSCALER) : Optional.empty());
  }

  private static PoolSize size(Nodegroup group) {
    var scaling = group.scalingConfig();
    return new PoolSize(scaling.minSize(), scaling.maxSize(), scaling.desiredSize());
  }

  // ---- what would change ----

  @Override
  public List<PoolDifference> differences(Pool pool, Optional<PoolState> now) {
    return differences(pool, find(pool));
  }

  private List<PoolDifference> differences(Pool pool, Found found) {
    var wanted = NodeGroupFields.wanted(pool);
    var there = found.current().map(g -> NodeGroupFields.of(g, wanted, subnets));
    var differences = new ArrayList<PoolDifference>();
    size(pool, found).differences(found.current().map(NodeGroups::size)).forEach(differences::add);
    if (found.current().filter(g -> fits(g, pool, wanted)).isEmpty()) {
      compare(wanted.fixed(), there.map(NodeGroupFields::fixed), differences);
    }
    if (there.isPresent()) {
      differences.replaceAll(d -> wanted.fixed().containsKey(d.field()) ? d.replacing() : d);
    }
    compare(wanted.open(), there.map(NodeGroupFields::open), differences);
    found.older().stream()
        .filter(g -> NodeGroupNames.isOurs(g.nodegroupName()))
        .forEach(
            g ->
                differences.add(
                    PoolDifference.of("the node group before this", g.nodegroupName(), "")));
    refusal(pool, found, differences)
        .ifPresent(
            why ->
                differences.addFirst(
                    PoolDifference.of("the pool as a whole", "", "").refused(why)));
    return List.copyOf(differences);
  }

  private PoolSize size(Pool pool, Found found) {
    return PoolSize.wanted(
        pool,
        found.current().map(NodeGroups::size),
        found.autoScaling().filter(groups::isAutoscaled).isPresent());
  }

  private static void compare(
      Map<String, String> wanted,
      Optional<Map<String, String>> there,
      List<PoolDifference> differences) {
    wanted.forEach(
        (field, after) -> {
          var before = there.map(t -> t.getOrDefault(field, "")).orElse("");
          if (!after.equals(before)) {
            differences.add(PoolDifference.of(field, before, after));
          }
        });
  }

  private Optional<Failure> refusal(Pool pool, Found found, List<PoolDifference> differences) {
    return size(pool, found)
        .refusal(pool, LEAST_MAX)
        .or(() -> NodeGroupRefusals.of(pool))
        .or(
            () ->
                found
                    .current()
                    .filter(g -> !NodeGroupNames.isOurs(g.nodegroupName()))
                    .filter(g -> differences.stream().anyMatch(PoolDifference::replaces))
                    .map(g -> NodeGroupRefusals.notOurs(pool, g, differences)));
  }

  // ---- making it so ----

  @Override
  public void apply(Pool pool, Consumer<String> waits) throws InterruptedException {
    var found = find(pool);
    var differences = differences(pool, found);
    var refusal = differences.stream().flatMap(d -> d.refusal().stream()).findFirst();
    if (refusal.isPresent()) {
      throw new FailureException(refusal.get());
    }
    var isNew =
        found.current().isEmpty() || differences.stream().anyMatch(PoolDifference::replaces);
    if (isNew) {
      create(pool, size(pool, found), waits);
      for (var old : found.current().stream().toList()) {
        delete(old.nodegroupName(), waits);
      }
    } else {
      var group = found.current().orElseThrow();
      settle(group.nodegroupName(), waits);
      if (NodeGroupUpdate.isNeeded(pool, group, size(pool, found))) {
        update(pool, group, size(pool, found), waits);
      }
    }
    for (var old : found.older()) {
      if (NodeGroupNames.isOurs(old.nodegroupName())) {
        delete(old.nodegroupName(), waits);
      }
    }
  }

  private void create(Pool pool, PoolSize size, Consumer<String> waits)
      throws InterruptedException {
    var wanted = NodeGroupFields.wanted(pool);
    var name = NodeGroupNames.of(pool.name(), wanted.fixed());
    var role = finder.nodeRole();
    var in = subnets.in(pool.zones());
    var tags =
        Map.of(
            Pool.LABEL,
            pool.name().value(),
            NodeGroupFields.DISK,
            LaunchTemplates.disk(pool).text());
    waits.accept("node group %s: EKS is told to make it".formatted(name));
    templates.make(name, pool, tags);
    AwsFailures.told(
        "make the node group " + name,
        () -> {
          try {
            return aws.eks()
                .createNodegroup(
                    r -> {
                      r.clusterName(cluster)
                          .nodegroupName(name)
                          .nodeRole(role)
                          .subnets(in)
                          .instanceTypes(pool.instanceTypes())
                          .capacityType(pool.spot() ? CapacityTypes.SPOT : CapacityTypes.ON_DEMAND)
                          .labels(NodeGroupFields.labels(pool))
                          .taints(NodeGroupFields.taints(pool))
                          .scalingConfig(
                              s ->
                                  s.minSize(size.min())
                                      .maxSize(size.max())
                                      .desiredSize(size.desired()))
                          .updateConfig(u -> u.maxUnavailable(1))
                          .launchTemplate(t -> t.name(name))
                          .tags(tags);
                      pool.image().ifPresent(r::amiType);
                    })
                .nodegroup()
                .nodegroupName();
          } catch (ResourceInUseException e) {
            // Whoever came before has made it, unless it is just being deleted.
            if (finder.named(name).filter(g -> g.status() != NodegroupStatus.DELETING).isEmpty()) {
              throw e;
            }
            return name;
          }
        });
    settle(name, waits);
  }

  private void update(Pool pool, Nodegroup group, PoolSize size, Consumer<String> waits)
      throws InterruptedException {
    var name = group.nodegroupName();
    AwsFailures.told(
        "change the node group " + name,
        () ->
            aws.eks()
                .updateNodegroupConfig(NodeGroupUpdate.of(cluster, pool, group, size))
                .update()
                .id());
    var done =
        waiting.until(
            () -> {
              var now = finder.named(name);
              waits.accept(progress(name, now));
              return now.filter(g -> g.status() != NodegroupStatus.UPDATING)
                  .filter(g -> !NodeGroupUpdate.isNeeded(pool, g, size));
            });
    if (done.isEmpty()) {
      throw notReady(name);
    }
  }

  /** Waits until EKS does nothing with it any more. */
  private void settle(String name, Consumer<String> waits) throws InterruptedException {
    var settled =
        waiting.until(
            () -> {
              var now = finder.named(name);
              waits.accept(progress(name, now));
              return now.filter(
                  g ->
                      g.status() != NodegroupStatus.CREATING
                          && g.status() != NodegroupStatus.UPDATING);
            });
    if (settled.filter(g -> g.status() != NodegroupStatus.CREATE_FAILED).isEmpty()) {
      throw notReady(name);
    }
  }

  private String progress(String name, Optional<Nodegroup> group) {
    return "node group %s: %s"
        .formatted(
            name,
            group
                .map(
                    g ->
                        "%s, %d of %d machines run"
                            .formatted(
                                g.statusAsString().toLowerCase(java.util.Locale.ROOT),
                                autoScaling(g).map(Groups::inService).orElse(0),
                                g.scalingConfig().desiredSize()))
                .orElse("EKS does not show it yet"));
  }

  private FailureException notReady(String name) {
    var group = finder.named(name);
    var issues = new ArrayList<PoolIssue>();
    group.ifPresent(g -> issues.addAll(NodeGroupIssues.of(g)));
    group
        .flatMap(this::autoScaling)
        .ifPresent(g -> issues.addAll(groups.issues(g.autoScalingGroupName())));
    return new FailureException(
        new Failure.Unavailable(
            "pool-not-ready",
            "node group %s of cluster %s is not in force: %s"
                .formatted(
                    name,
                    cluster,
                    issues.isEmpty()
                        ? group
                            .map(g -> "EKS says " + g.statusAsString())
                            .orElse("EKS does not show it")
                        : issues.stream()
                            .map(PoolIssue::sentence)
                            .collect(Collectors.joining("; ")))));
  }

  // ---- taking it away ----

  @Override
  public void remove(PoolName pool, Consumer<String> waits) throws InterruptedException {
    for (var group : finder.of(pool)) {
      var name = group.nodegroupName();
      if (NodeGroupNames.isOurs(name)) {
        delete(name, waits);
      } else {
        waits.accept("node group %s: it stays, for the platform has not made it".formatted(name));
      }
    }
  }

  private void delete(String name, Consumer<String> waits) throws InterruptedException {
    AwsFailures.told(
        "delete the node group " + name,
        () -> {
          try {
            aws.eks().deleteNodegroup(r -> r.clusterName(cluster).nodegroupName(name));
          } catch (ResourceNotFoundException e) {
            return name;
          } catch (ResourceInUseException e) {
            if (finder
                .named(name)
                .filter(g -> g.status() != NodegroupStatus.DELETING)
                .isPresent()) {
              throw e;
            }
          }
          return name;
        });
    var gone =
        waiting.until(
            () -> {
              var now = finder.named(name);
              now.ifPresent(_ -> waits.accept(progress(name, now)));
              return now.filter(g -> g.status() != NodegroupStatus.DELETE_FAILED).isPresent()
                  ? Optional.empty()
                  : Optional.of(now);
            });
    if (gone.isEmpty()) {
      throw new FailureException(
          new Failure.Unavailable(
              "pool-ending",
              "node group %s is being deleted: its nodes go when what runs on them has ended"
                  .formatted(name)));
    }
    if (gone.get().isPresent()) {
      throw notReady(name);
    }
    templates.remove(name);
  }
}
