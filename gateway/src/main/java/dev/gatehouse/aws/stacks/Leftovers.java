package dev.gatehouse.aws.stacks;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.aws.Aws;
import dev.gatehouse.aws.AwsFailures;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.Quote;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;

/** What controllers in the cluster have made in the account: no stack knows of it. */
public final class Leftovers {
  private static final String LOAD_BALANCER = "ELB ";

  private final Aws aws;
  private final String cluster;

  /**
   * @param cluster its name
   */
  public Leftovers(Aws aws, String cluster) {
    this.aws = aws;
    this.cluster = cluster;
  }

  /** The volumes of claims, which stay in the account when the cluster goes; lines for people. */
  public List<String> volumes() {
    return AwsFailures.told(
        "list the volumes of the cluster",
        () ->
            aws
                .ec2()
                .describeVolumesPaginator(
                    r -> r.filters(filter("tag:kubernetes.io/cluster/" + cluster, "owned")))
                .volumes()
                .stream()
                .filter(
                    v ->
                        v.tags().stream()
                            .anyMatch(t -> t.key().startsWith("kubernetes.io/created-for/pvc")))
                .map(
                    v ->
                        "%s (%d GiB, %s)"
                            .formatted(
                                v.volumeId(),
                                v.size(),
                                v.tags().stream()
                                    .filter(
                                        t -> t.key().equals("kubernetes.io/created-for/pvc/name"))
                                    .map(t -> Quote.plain(t.value()))
                                    .findFirst()
                                    .orElse("no claim is named")))
                .toList());
  }

  /** Says why a stack does not go. */
  Failure explain(Stack stack, List<StackResourceSummary> resources) {
    var vpcs =
        resources.stream()
            .filter(r -> r.resourceType().equals("AWS::EC2::VPC"))
            .map(StackResourceSummary::physicalResourceId)
            .toList();
    var found = new ArrayList<String>();
    vpcs.forEach(vpc -> found.addAll(inVpc(vpc)));
    return new Failure.Broken(
        "stack-stuck",
        "the stack %s is DELETE_FAILED: %s%s; run this again"
            .formatted(
                stack.stackName(),
                StackTrouble.reasons(resources),
                found.isEmpty() ? "" : ". What keeps it: " + String.join("; ", found)));
  }

  private List<String> inVpc(String vpc) {
    var interfaces =
        AwsFailures.told(
            "list the network interfaces of " + vpc,
            () ->
                aws
                    .ec2()
                    .describeNetworkInterfacesPaginator(r -> r.filters(filter("vpc-id", vpc)))
                    .networkInterfaces()
                    .stream()
                    .toList());
    var groups =
        AwsFailures.told(
            "list the security groups of " + vpc,
            () ->
                aws
                    .ec2()
                    .describeSecurityGroupsPaginator(r -> r.filters(filter("vpc-id", vpc)))
                    .securityGroups()
                    .stream()
                    .filter(g -> !g.groupName().equals("default"))
                    .map(g -> "%s (%s)".formatted(g.groupId(), Quote.plain(g.groupName())))
                    .toList());
    return Stream.of(
            loadBalancers(interfaces),
            interfaces(interfaces),
            groups.isEmpty()
                ? ""
                : "security groups that a controller has made: delete them, aws ec2"
                    + " delete-security-group --group-id: "
                    + String.join(", ", groups))
        .filter(line -> !line.isEmpty())
        .toList();
  }

  /** Each has an interface in each zone, named after it: ELB net/NAME/ID. */
  private static String loadBalancers(List<NetworkInterface> interfaces) {
    var names = new TreeSet<String>();
    interfaces.stream()
        .filter(Leftovers::isOfLoadBalancer)
        .forEach(i -> names.add(Quote.plain(i.description().substring(LOAD_BALANCER.length()))));
    return names.isEmpty()
        ? ""
        : "load balancers that a controller has made: delete their Services in the cluster, or"
            + " them: "
            + String.join(", ", names);
  }

  private static String interfaces(List<NetworkInterface> interfaces) {
    var others =
        interfaces.stream()
            .filter(i -> !isOfLoadBalancer(i))
            .map(
                i ->
                    "%s (%s)"
                        .formatted(
                            i.networkInterfaceId(), Quote.plain(String.valueOf(i.description()))))
            .collect(joining(", "));
    return others.isEmpty()
        ? ""
        : "network interfaces: delete what they belong to, or them, aws ec2"
            + " delete-network-interface --network-interface-id: "
            + others;
  }

  private static boolean isOfLoadBalancer(NetworkInterface i) {
    return String.valueOf(i.description()).startsWith(LOAD_BALANCER);
  }

  private static Filter filter(String name, String value) {
    return Filter.builder().name(name).values(value).build();
  }
}
