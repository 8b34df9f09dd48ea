package dev.gatehouse.testkit.aws;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Volume;

/** EC2, as far as stacks leave something in it. */
public final class FakeVpc extends AwsService {
  private final List<NetworkInterface> interfaces = new ArrayList<>();
  private final List<SecurityGroup> groups = new ArrayList<>();
  private final List<Volume> volumes = new ArrayList<>();

  public FakeVpc() {
    super("ec2", Protocol.EC2);
    on(
        DescribeNetworkInterfacesRequest.class,
        r ->
            DescribeNetworkInterfacesResponse.builder()
                .networkInterfaces(
                    interfaces.stream().filter(i -> isAsked(r.filters(), i.vpcId())).toList())
                .build());
    on(
        DescribeSecurityGroupsRequest.class,
        r ->
            DescribeSecurityGroupsResponse.builder()
                .securityGroups(
                    groups.stream().filter(g -> isAsked(r.filters(), g.vpcId())).toList())
                .build());
    on(
        DescribeVolumesRequest.class,
        r ->
            DescribeVolumesResponse.builder()
                .volumes(volumes.stream().filter(v -> isTagged(r.filters(), v)).toList())
                .build());
    on(
        DescribeSubnetsRequest.class,
        r ->
            DescribeSubnetsResponse.builder()
                .subnets(
                    r.subnetIds().stream()
                        .map(
                            id ->
                                Subnet.builder()
                                    .subnetId(id)
                                    .vpcId("vpc-01234567")
                                    .availabilityZone("eu-central-1" + id.charAt(id.length() - 1))
                                    .build())
                        .toList())
                .build());
  }

  public void put(NetworkInterface found) {
    interfaces.add(found);
  }

  public void put(SecurityGroup group) {
    groups.add(group);
  }

  public void put(Volume volume) {
    volumes.add(volume);
  }

  private static boolean isAsked(List<Filter> filters, String vpc) {
    return filters.stream().allMatch(f -> f.name().equals("vpc-id") && f.values().contains(vpc));
  }

  private static boolean isTagged(List<Filter> filters, Volume volume) {
    return filters.stream()
        .allMatch(
            f ->
                volume.tags().stream()
                    .anyMatch(
                        t -> f.name().equals("tag:" + t.key()) && f.values().contains(t.value())));
  }
}
