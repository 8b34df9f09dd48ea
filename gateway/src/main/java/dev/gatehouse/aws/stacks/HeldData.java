package dev.gatehouse.aws.stacks;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.platform.stacks.ResourceChange.Action;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.cloudformation.model.ResourceChange;

/** What holds people's data, and is neither deleted nor made anew by an apply. */
final class HeldData {
  /** A cluster has all workspaces, and the claims of all homes. */
  private static final String CLUSTER = "AWS::EKS::Cluster";

  private static final Set<String> TYPES =
      Set.of(
          CLUSTER,
          "AWS::EC2::Volume",
          "AWS::EFS::FileSystem",
          "AWS::FSx::FileSystem",
          "AWS::KMS::Key",
          "AWS::RDS::DBInstance",
          "AWS::S3::Bucket");

  private HeldData() {}

  static boolean isOf(String type) {
    return TYPES.contains(type);
  }

  /**
   * @param mayReplace whether CloudFormation only knows later if it is made anew
   * @param stays whether the old one would stay in the account
   */
  static Optional<Failure> refusal(
      ResourceChange change, Action action, boolean mayReplace, boolean stays) {
    if (!isOf(change.resourceType())) {
      return Optional.empty();
    }
    // A cluster has a name, which a second one cannot have: CloudFormation would fail, and lose
    // nothing.
    var isReplaced =
        action == Action.REPLACE || (mayReplace && !change.resourceType().equals(CLUSTER));
    if (isReplaced) {
      return Optional.of(
          new Failure.Denied(
              "stack-holds-data",
              "%s (%s) holds data, and this change would make an empty one in its place; set back what the line above names"
                  .formatted(change.logicalResourceId(), change.physicalResourceId())));
    }
    return action == Action.DELETE && !stays
        ? Optional.of(
            new Failure.Denied(
                "stack-holds-data",
                "%s (%s) holds data, and this change would delete it; give it DeletionPolicy: Retain first"
                    .formatted(change.logicalResourceId(), change.physicalResourceId())))
        : Optional.empty();
  }
}
