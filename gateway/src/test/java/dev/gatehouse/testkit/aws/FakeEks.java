package dev.gatehouse.testkit.aws;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eks.model.AutoScalingGroup;
import software.amazon.awssdk.services.eks.model.CapacityTypes;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.ClusterStatus;
import software.amazon.awssdk.services.eks.model.CreateNodegroupRequest;
import software.amazon.awssdk.services.eks.model.CreateNodegroupResponse;
import software.amazon.awssdk.services.eks.model.DeleteNodegroupRequest;
import software.amazon.awssdk.services.eks.model.DeleteNodegroupResponse;
import software.amazon.awssdk.services.eks.model.DescribeClusterRequest;
import software.amazon.awssdk.services.eks.model.DescribeClusterResponse;
import software.amazon.awssdk.services.eks.model.DescribeNodegroupRequest;
import software.amazon.awssdk.services.eks.model.DescribeNodegroupResponse;
import software.amazon.awssdk.services.eks.model.Issue;
import software.amazon.awssdk.services.eks.model.ListNodegroupsRequest;
import software.amazon.awssdk.services.eks.model.ListNodegroupsResponse;
import software.amazon.awssdk.services.eks.model.Nodegroup;
import software.amazon.awssdk.services.eks.model.NodegroupHealth;
import software.amazon.awssdk.services.eks.model.NodegroupScalingConfig;
import software.amazon.awssdk.services.eks.model.NodegroupStatus;
import software.amazon.awssdk.services.eks.model.Taint;
import software.amazon.awssdk.services.eks.model.Update;
import software.amazon.awssdk.services.eks.model.UpdateNodegroupConfigRequest;
import software.amazon.awssdk.services.eks.model.UpdateNodegroupConfigResponse;
import software.amazon.awssdk.services.eks.model.UpdateStatus;

/** EKS with one cluster, as far as its node groups go. */
public final class FakeEks extends AwsService {
  private static final int SCALE_MAX = 450;
  private static final Instant BEGIN = Instant.parse("2026-11-30T12:00:00Z");

  private final String cluster;
  private final FakeAutoScaling autoScaling;
  private final Store<Nodegroup> groups = new Store<>();
  private NodegroupStatus statusOfNew = NodegroupStatus.ACTIVE;
  private List<Issue> issuesOfNew = List.of();
  private int pageSize = 100;
  private List<String> subnets = List.of("subnet-a", "subnet-b", "subnet-c");

  public FakeEks(String cluster) {
    this(cluster, new FakeAutoScaling());
  }

  /**
   * @param autoScaling which has the Auto Scaling group of each node group
   */
  public FakeEks(String cluster, FakeAutoScaling autoScaling) {
    super("eks", Protocol.REST_JSON);
    this.cluster = cluster;
    this.autoScaling = autoScaling;
    on(DescribeClusterRequest.class, this::describeCluster, "name");
    on(ListNodegroupsRequest.class, this::list, "name");
    on(DescribeNodegroupRequest.class, this::describe, "name", "nodegroupName");
    on(CreateNodegroupRequest.class, this::create, "name", "nodegroupName", "subnets", "nodeRole");
    on(UpdateNodegroupConfigRequest.class, this::update, "name", "nodegroupName");
    on(DeleteNodegroupRequest.class, this::delete, "name", "nodegroupName");
  }

  /** So many reads after a change still see what was before. */
  public void lag(int reads) {
    groups.lag(reads);
  }

  public void pageSize(int size) {
    pageSize = size;
  }

  /** What is there, whoever made it. */
  public Optional<Nodegroup> group(String name) {
    return groups.current(name);
  }

  public Collection<Nodegroup> groups() {
    return groups.allCurrent();
  }

  /** Puts a node group there as if somebody else had. */
  public void put(Nodegroup group) {
    groups.put(group.nodegroupName(), group);
    scale(group);
  }

  /** Node groups are made, and stay what they are called here: {@code CREATE_FAILED} say. */
  public void statusOfNew(NodegroupStatus status, Issue... issues) {
    statusOfNew = status;
    issuesOfNew = List.of(issues);
  }

  /** Names of the autoscaler's are on all of EKS' groups. */
  private void scale(Nodegroup group) {
    var scaling = group.scalingConfig();
    for (var auto : group.resources().autoScalingGroups()) {
      autoScaling.put(
          software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup.builder()
              .autoScalingGroupName(auto.name())
              .minSize(scaling.minSize())
              .maxSize(scaling.maxSize())
              .desiredCapacity(scaling.desiredSize())
              .tags(
                  FakeAutoScaling.tag("k8s.io/cluster-autoscaler/enabled", "true"),
                  FakeAutoScaling.tag("kubernetes.io/cluster/" + cluster, "owned"),
                  FakeAutoScaling.tag("eks:nodegroup-name", group.nodegroupName()))
              .build());
    }
  }

  private DescribeClusterResponse describeCluster(DescribeClusterRequest request) {
    requireCluster(request.name());
    return DescribeClusterResponse.builder()
        .cluster(
            Cluster.builder()
                .name(cluster)
                .status(ClusterStatus.ACTIVE)
                .version("1.35")
                .resourcesVpcConfig(v -> v.vpcId("vpc-1").subnetIds(subnets))
                .build())
        .build();
  }

  private ListNodegroupsResponse list(ListNodegroupsRequest request) {
    requireCluster(request.clusterName());
    var names = groups.readAll().stream().map(Nodegroup::nodegroupName).toList();
    var page = Page.of(names, pageSize, request.maxResults(), request.nextToken());
    return ListNodegroupsResponse.builder().nodegroups(page.items()).nextToken(page.next()).build();
  }

  private DescribeNodegroupResponse describe(DescribeNodegroupRequest request) {
    requireCluster(request.clusterName());
    var group =
        groups.read(request.nodegroupName()).orElseThrow(() -> absent(request.nodegroupName()));
    return DescribeNodegroupResponse.builder().nodegroup(group).build();
  }

  private CreateNodegroupResponse create(CreateNodegroupRequest request) {
    requireCluster(request.clusterName());
    var name = request.nodegroupName();
    var there = groups.current(name);
    if (there.isPresent()) {
      throw new AwsError(
          409, "ResourceInUseException", "NodeGroup already exists with name " + name);
    }
    check(request.scalingConfig());
    if (request.launchTemplate() != null && request.diskSize() != null) {
      throw invalid("Disk size must be specified within the launch template.");
    }
    var group =
        Nodegroup.builder()
            .clusterName(cluster)
            .nodegroupName(name)
            .nodegroupArn(
                "arn:aws:eks:eu-central-1:%s:nodegroup/%s/%s/1"
                    .formatted(FakeSts.ACCOUNT, cluster, name))
            .createdAt(BEGIN.plusSeconds(groups.changes()))
            .status(statusOfNew)
            .capacityType(
                Objects.requireNonNullElse(request.capacityType(), CapacityTypes.ON_DEMAND))
            .scalingConfig(request.scalingConfig())
            .instanceTypes(
                request.hasInstanceTypes() ? request.instanceTypes() : List.of("t3.medium"))
            .subnets(request.subnets())
            .amiType(
                request.amiTypeAsString() == null
                    ? "AL2023_x86_64_STANDARD"
                    : request.amiTypeAsString())
            .nodeRole(request.nodeRole())
            .labels(request.labels())
            .taints(request.taints())
            .diskSize(disk(request))
            .launchTemplate(request.launchTemplate())
            .updateConfig(request.updateConfig())
            .health(NodegroupHealth.builder().issues(issuesOfNew).build())
            .resources(
                r ->
                    r.autoScalingGroups(
                        AutoScalingGroup.builder().name("eks-%s-1".formatted(name)).build()))
            .tags(request.tags())
            .build();
    put(group);
    return CreateNodegroupResponse.builder().nodegroup(group).build();
  }

  /** A group with a launch template does not tell its disk. */
  private static @Nullable Integer disk(CreateNodegroupRequest request) {
    if (request.launchTemplate() != null) {
      return null;
    }
    return Objects.requireNonNullElse(request.diskSize(), 20);
  }

  private UpdateNodegroupConfigResponse update(UpdateNodegroupConfigRequest request) {
    requireCluster(request.clusterName());
    var name = request.nodegroupName();
    var group = groups.current(name).orElseThrow(() -> absent(name));
    var changed = group.toBuilder();
    if (request.scalingConfig() != null) {
      var scaling = merged(group.scalingConfig(), request.scalingConfig());
      check(scaling);
      changed.scalingConfig(scaling);
    }
    if (request.labels() != null) {
      var labels = new HashMap<>(group.labels());
      labels.putAll(request.labels().addOrUpdateLabels());
      request.labels().removeLabels().forEach(labels::remove);
      changed.labels(labels);
    }
    if (request.taints() != null) {
      var taints = new ArrayList<>(group.taints());
      var replaced = new HashSet<String>();
      request.taints().addOrUpdateTaints().forEach(t -> replaced.add(key(t)));
      request.taints().removeTaints().forEach(t -> replaced.add(key(t)));
      taints.removeIf(t -> replaced.contains(key(t)));
      taints.addAll(request.taints().addOrUpdateTaints());
      changed.taints(taints);
    }
    if (request.updateConfig() != null) {
      changed.updateConfig(request.updateConfig());
    }
    put(changed.build());
    return UpdateNodegroupConfigResponse.builder()
        .update(Update.builder().id("update-1").status(UpdateStatus.IN_PROGRESS).build())
        .build();
  }

  private DeleteNodegroupResponse delete(DeleteNodegroupRequest request) {
    requireCluster(request.clusterName());
    var name = request.nodegroupName();
    var group = groups.current(name).orElseThrow(() -> absent(name));
    groups.remove(name);
    group.resources().autoScalingGroups().forEach(g -> autoScaling.remove(g.name()));
    return DeleteNodegroupResponse.builder()
        .nodegroup(group.toBuilder().status(NodegroupStatus.DELETING).build())
        .build();
  }

  private static NodegroupScalingConfig merged(
      NodegroupScalingConfig before, NodegroupScalingConfig after) {
    return NodegroupScalingConfig.builder()
        .minSize(Objects.requireNonNullElse(after.minSize(), before.minSize()))
        .maxSize(Objects.requireNonNullElse(after.maxSize(), before.maxSize()))
        .desiredSize(Objects.requireNonNullElse(after.desiredSize(), before.desiredSize()))
        .build();
  }

  /** As EKS words it. */
  private static void check(NodegroupScalingConfig scaling) {
    if (scaling.maxSize() < 1 || scaling.maxSize() > SCALE_MAX) {
      throw invalid("Maximum capacity %d must be between 1 and 450".formatted(scaling.maxSize()));
    }
    if (scaling.minSize() > scaling.maxSize()) {
      throw invalid(
          "Minimum capacity %d can't be greater than maximum size %d"
              .formatted(scaling.minSize(), scaling.maxSize()));
    }
    if (scaling.desiredSize() > scaling.maxSize()) {
      throw invalid(
          "Desired capacity %d can't be greater than max size %d"
              .formatted(scaling.desiredSize(), scaling.maxSize()));
    }
    if (scaling.desiredSize() < scaling.minSize()) {
      throw invalid(
          "Minimum capacity %d can't be greater than desired size %d"
              .formatted(scaling.minSize(), scaling.desiredSize()));
    }
  }

  private static String key(Taint taint) {
    return taint.key() + ':' + taint.effectAsString();
  }

  private void requireCluster(String name) {
    if (!name.equals(cluster)) {
      throw new AwsError(
          404, "ResourceNotFoundException", "No cluster found for name: %s.".formatted(name));
    }
  }

  private static AwsError invalid(String words) {
    return AwsError.bad("InvalidParameterException", words);
  }

  private static AwsError absent(String name) {
    return new AwsError(
        404, "ResourceNotFoundException", "No node group found for name: %s.".formatted(name));
  }
}
