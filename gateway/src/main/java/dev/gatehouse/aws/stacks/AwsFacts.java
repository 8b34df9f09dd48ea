package dev.gatehouse.aws.stacks;

import dev.gatehouse.aws.Aws;
import dev.gatehouse.aws.AwsFailures;
import dev.gatehouse.platform.stacks.CloudFacts;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.eks.model.ClusterStatus;
import software.amazon.awssdk.services.eks.model.ClusterVersionInformation;
import software.amazon.awssdk.services.eks.model.ResourceNotFoundException;
import software.amazon.awssdk.services.eks.model.VersionStatus;

/** What EKS and EC2 say. */
public final class AwsFacts implements CloudFacts {
  private final Aws aws;
  private final String cluster;

  /**
   * @param aws stays the caller's
   * @param cluster its name
   */
  public AwsFacts(Aws aws, String cluster) {
    this.aws = aws;
    this.cluster = cluster;
  }

  @Override
  public Optional<Cluster> cluster() {
    return AwsFailures.told(
        "look at the cluster " + cluster,
        () -> {
          try {
            return Optional.of(aws.eks().describeCluster(r -> r.name(cluster)).cluster())
                .filter(c -> c.status() != ClusterStatus.CREATING && c.endpoint() != null)
                .map(AwsFacts::cluster);
          } catch (ResourceNotFoundException e) {
            return Optional.empty();
          }
        });
  }

  private static Cluster cluster(software.amazon.awssdk.services.eks.model.Cluster cluster) {
    var network = cluster.resourcesVpcConfig();
    return new Cluster(
        cluster.version(),
        cluster.endpoint(),
        cluster.certificateAuthority().data(),
        network.vpcId(),
        network.subnetIds(),
        network.clusterSecurityGroupId());
  }

  @Override
  public List<Version> supported() {
    return AwsFailures.told(
        "ask for the versions of Kubernetes",
        () ->
            aws
                .eks()
                .describeClusterVersionsPaginator(
                    r -> r.versionStatus(VersionStatus.STANDARD_SUPPORT))
                .clusterVersions()
                .stream()
                .map(AwsFacts::version)
                .sorted(Comparator.comparingInt(AwsFacts::minor).reversed())
                .toList());
  }

  private static Version version(ClusterVersionInformation version) {
    return new Version(
        version.clusterVersion(), Optional.ofNullable(version.endOfStandardSupportDate()));
  }

  /** 1.9 is older than 1.10. */
  private static int minor(Version version) {
    return Integer.parseInt(version.number().substring(version.number().indexOf('.') + 1));
  }

  @Override
  public List<String> onePerZone(List<String> subnets) {
    var zones = new LinkedHashMap<String, String>();
    AwsFailures.told(
            "look at the subnets " + String.join(", ", subnets),
            () -> aws.ec2().describeSubnets(r -> r.subnetIds(subnets)).subnets())
        .stream()
        .sorted(Comparator.comparingInt((Subnet s) -> subnets.indexOf(s.subnetId())))
        .forEach(s -> zones.putIfAbsent(s.availabilityZone(), s.subnetId()));
    return List.copyOf(zones.values());
  }
}
