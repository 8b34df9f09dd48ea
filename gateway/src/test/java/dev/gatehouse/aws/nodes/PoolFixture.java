package dev.gatehouse.aws.nodes;

import dev.gatehouse.aws.Aws;
import dev.gatehouse.cluster.AwsSettings;
import dev.gatehouse.cluster.AwsSettings.NodeEngine;
import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.cluster.Pool;
import dev.gatehouse.name.PoolName;
import dev.gatehouse.nodes.PoolEngine;
import dev.gatehouse.testkit.aws.AwsServer;
import dev.gatehouse.testkit.aws.FakeAutoScaling;
import dev.gatehouse.testkit.aws.FakeEc2;
import dev.gatehouse.testkit.aws.FakeEks;
import dev.gatehouse.testkit.aws.FakeSts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.eks.model.AutoScalingGroup;
import software.amazon.awssdk.services.eks.model.CapacityTypes;
import software.amazon.awssdk.services.eks.model.Nodegroup;
import software.amazon.awssdk.services.eks.model.NodegroupHealth;
import software.amazon.awssdk.services.eks.model.NodegroupResources;
import software.amazon.awssdk.services.eks.model.NodegroupScalingConfig;
import software.amazon.awssdk.services.eks.model.NodegroupStatus;

/** An engine of pools, the stand-in that it speaks to, and a clock that its pauses move. */
final class PoolFixture implements AutoCloseable {
  static final String CLUSTER = "lab";

  final FakeAutoScaling autoScaling = new FakeAutoScaling();
  final FakeEks eks = new FakeEks(CLUSTER, autoScaling);
  final FakeEc2 ec2 = new FakeEc2();
  final AwsServer server = AwsServer.start(new FakeSts(), eks, ec2, autoScaling);
  final List<String> waits = new ArrayList<>();
  final PoolEngine engine;
  boolean isAutoscaled;
  Instant now = Instant.parse("2026-11-30T13:00:00Z");

  private final Aws aws = server.aws(Optional.of(FakeSts.ACCOUNT));

  PoolFixture(NodeEngine kind) {
    var settings =
        new AwsSettings(
            AwsServer.REGION,
            Optional.of(FakeSts.ACCOUNT),
            CLUSTER,
            Optional.of(kind),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty());
    engine =
        new AwsPools(
                _ -> aws,
                () -> isAutoscaled,
                Duration.ofMinutes(10),
                () -> now,
                step -> now = now.plus(step))
            .of(kind, settings)
            .orElseThrow();
  }

  /** The pool as a definition says it. */
  static Pool pool(String name, String body) {
    var definition =
        ClusterDefinitionFile.parse("cluster.yaml", "pools:\n  %s: {%s}\n".formatted(name, body));
    return definition.pools().get(new PoolName(name));
  }

  /** A node group that the account's stack has made. */
  static Nodegroup systemGroup() {
    return Nodegroup.builder()
        .clusterName(CLUSTER)
        .nodegroupName("system")
        .createdAt(Instant.parse("2026-11-01T00:00:00Z"))
        .status(NodegroupStatus.ACTIVE)
        .capacityType(CapacityTypes.ON_DEMAND)
        .scalingConfig(
            NodegroupScalingConfig.builder().minSize(2).maxSize(4).desiredSize(2).build())
        .instanceTypes("m7i.large")
        .subnets("subnet-a", "subnet-b", "subnet-c")
        .amiType("AL2023_x86_64_STANDARD")
        .nodeRole("arn:aws:iam::123456789012:role/lab-nodes")
        .diskSize(50)
        .health(NodegroupHealth.builder().build())
        .resources(
            NodegroupResources.builder()
                .autoScalingGroups(AutoScalingGroup.builder().name("eks-system-1").build())
                .build())
        .build();
  }

  void apply(Pool pool) throws InterruptedException {
    engine.apply(pool, waits::add);
  }

  /** Each as {@code field before -> after}, with an exclamation mark where nodes are made anew. */
  List<String> plan(Pool pool) {
    return engine.differences(pool, engine.look(pool)).stream()
        .map(
            d ->
                d.refusal().isPresent()
                    ? d.refusal().get().line()
                    : "%s%s: %s -> %s"
                        .formatted(
                            d.replaces() ? "! " : "",
                            d.field(),
                            d.before().orElse("none"),
                            d.after().orElse("none")))
        .toList();
  }

  @Override
  public void close() {
    aws.close();
    server.close();
  }
}
