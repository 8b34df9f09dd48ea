package dev.gatehouse.aws.nodes;

import dev.gatehouse.failure.Quote;
import dev.gatehouse.nodes.PoolIssue;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.eks.model.Issue;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/** What EKS finds wrong with a node group, in words. */
final class NodeGroupIssues {
  private NodeGroupIssues() {}

  static List<PoolIssue> of(Nodegroup group) {
    return group.health() == null
        ? List.of()
        : group.health().issues().stream().map(NodeGroupIssues::issue).toList();
  }

  private static PoolIssue issue(Issue issue) {
    var said = issue.message() == null ? "" : "; EKS says: " + Quote.plain(issue.message());
    return new PoolIssue(issue.codeAsString(), words(issue) + said, Optional.empty());
  }

  private static String words(Issue issue) {
    return switch (issue.code()) {
      case ASG_INSTANCE_LAUNCH_FAILURES -> "AWS could not launch machines";
      case INSUFFICIENT_FREE_ADDRESSES -> "a subnet has no free addresses left: add subnets";
      case INSTANCE_LIMIT_EXCEEDED, LIMIT_EXCEEDED ->
          "the account's quota is used up: ask AWS for a higher one under Service Quotas";
      case NODE_CREATION_FAILURE ->
          "machines run and do not join the cluster: they need a way to the API server, and their"
              + " role an entry there";
      case ACCESS_DENIED -> "EKS may not do this with the role that it has, or nodes may not join";
      case IAM_INSTANCE_PROFILE_NOT_FOUND, IAM_NODE_ROLE_NOT_FOUND, IAM_LIMIT_EXCEEDED ->
          "the role of the nodes is not as EKS needs it";
      case EC2_SUBNET_NOT_FOUND,
          EC2_SUBNET_INVALID_CONFIGURATION,
          EC2_SUBNET_MISSING_IPV6_ASSIGNMENT ->
          "a subnet of the group is gone, or gives its machines no address";
      case EC2_INSTANCE_TYPE_DOES_NOT_EXIST ->
          "an instance type is not to be had in a zone of the group: name other zones or types";
      case EC2_LAUNCH_TEMPLATE_NOT_FOUND,
          EC2_LAUNCH_TEMPLATE_VERSION_MISMATCH,
          EC2_LAUNCH_TEMPLATE_DELETION_FAILURE,
          EC2_LAUNCH_TEMPLATE_INVALID_CONFIGURATION,
          EC2_LAUNCH_TEMPLATE_MAX_LIMIT_EXCEEDED,
          EC2_LAUNCH_TEMPLATE_VERSION_MAX_LIMIT_EXCEEDED,
          SOURCE_EC2_LAUNCH_TEMPLATE_NOT_FOUND ->
          "somebody has changed or deleted the group's launch template, or it is not as EKS needs"
              + " it";
      case EC2_SECURITY_GROUP_NOT_FOUND, EC2_SECURITY_GROUP_DELETION_FAILURE ->
          "a security group of the nodes is gone, or is still in use";
      case AUTO_SCALING_GROUP_NOT_FOUND, AUTO_SCALING_GROUP_INVALID_CONFIGURATION ->
          "somebody has changed or deleted the Auto Scaling group that belongs to it";
      case AUTO_SCALING_GROUP_OPT_IN_REQUIRED, AUTO_SCALING_GROUP_RATE_LIMIT_EXCEEDED ->
          "Auto Scaling does not take EKS' calls now";
      case NODE_TERMINATION_FAILURE -> "a machine does not end";
      case AMI_ID_NOT_FOUND -> "the image of the nodes is gone";
      case KUBERNETES_LABEL_INVALID -> "a label of the pool is none that Kubernetes takes";
      case POD_EVICTION_FAILURE ->
          "a pod keeps a node from going: its disruption budget allows none to be ended";
      case CLUSTER_UNREACHABLE -> "EKS does not reach the cluster's API server";
      default -> "EKS finds fault with the node group";
    };
  }
}
