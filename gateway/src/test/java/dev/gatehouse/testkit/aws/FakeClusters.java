package dev.gatehouse.testkit.aws;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.ClusterStatus;
import software.amazon.awssdk.services.eks.model.ClusterVersionInformation;
import software.amazon.awssdk.services.eks.model.DescribeClusterRequest;
import software.amazon.awssdk.services.eks.model.DescribeClusterResponse;
import software.amazon.awssdk.services.eks.model.DescribeClusterVersionsRequest;
import software.amazon.awssdk.services.eks.model.DescribeClusterVersionsResponse;
import software.amazon.awssdk.services.eks.model.ListNodegroupsRequest;
import software.amazon.awssdk.services.eks.model.ListNodegroupsResponse;
import software.amazon.awssdk.services.eks.model.VersionStatus;

/** EKS with the clusters that stacks make. */
public final class FakeClusters extends AwsService {
  private final Supplier<String> endpoint;
  private final Map<String, String> versions = new LinkedHashMap<>();
  private final List<ClusterVersionInformation> known = new ArrayList<>();

  /**
   * @param endpoint of each cluster
   */
  public FakeClusters(Supplier<String> endpoint) {
    super("eks", Protocol.REST_JSON);
    this.endpoint = endpoint;
    on(DescribeClusterRequest.class, this::describe, "name");
    on(DescribeClusterVersionsRequest.class, this::describeVersions);
    on(ListNodegroupsRequest.class, _ -> ListNodegroupsResponse.builder().build(), "name");
  }

  /** What a stack has made, or deleted. */
  public void changed(String type, Map<String, Object> properties, boolean isThere) {
    if (type.equals("AWS::EKS::Cluster")) {
      if (isThere) {
        put(String.valueOf(properties.get("Name")), String.valueOf(properties.get("Version")));
      } else {
        versions.remove(String.valueOf(properties.get("Name")));
      }
    }
  }

  public void put(String name, String version) {
    versions.put(name, version);
  }

  public void version(String number, VersionStatus status, Instant endOfStandardSupport) {
    known.add(
        ClusterVersionInformation.builder()
            .clusterVersion(number)
            .versionStatus(status)
            .endOfStandardSupportDate(endOfStandardSupport)
            .build());
  }

  private DescribeClusterResponse describe(DescribeClusterRequest request) {
    var version =
        Optional.ofNullable(versions.get(request.name()))
            .orElseThrow(
                () ->
                    new AwsError(
                        404,
                        "ResourceNotFoundException",
                        "No cluster found for name: %s.".formatted(request.name())));
    return DescribeClusterResponse.builder()
        .cluster(
            Cluster.builder()
                .name(request.name())
                .status(ClusterStatus.ACTIVE)
                .version(version)
                .endpoint(endpoint.get())
                .certificateAuthority(c -> c.data("Y2E="))
                .resourcesVpcConfig(
                    v ->
                        v.vpcId("vpc-01234567")
                            .subnetIds("subnet-0000000a", "subnet-0000001a", "subnet-0000000b")
                            .clusterSecurityGroupId("sg-01234567"))
                .build())
        .build();
  }

  private DescribeClusterVersionsResponse describeVersions(DescribeClusterVersionsRequest request) {
    return DescribeClusterVersionsResponse.builder()
        .clusterVersions(
            known.stream()
                .filter(
                    v ->
                        request.versionStatus() == null
                            || v.versionStatus() == request.versionStatus())
                .toList())
        .build();
  }
}
