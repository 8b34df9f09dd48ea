package dev.gatehouse.aws.stacks;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.Quote;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;

/** Says why a stack is not as it should be, and what to do. */
final class StackTrouble {
  private static final Pattern DENIED =
      Pattern.compile(
          "not authorized|AccessDenied|UnauthorizedOperation|is denied", Pattern.CASE_INSENSITIVE);
  private static final Pattern LIMIT =
      Pattern.compile(
          "LimitExceeded|limit has been reached|quota|maximum number", Pattern.CASE_INSENSITIVE);
  private static final Pattern ZONE = Pattern.compile("UnsupportedAvailabilityZone");
  private static final int SHOWN = 3;

  private StackTrouble() {}

  /**
   * After a creation or an update that was rolled back.
   *
   * @param failures of the resources that failed by themselves, the first one first
   */
  static Failure failed(Stack stack, List<StackEvent> failures) {
    var words =
        failures.isEmpty()
            ? Quote.plain(String.valueOf(stack.stackStatusReason()))
            : failures.stream().limit(SHOWN).map(StackTrouble::words).collect(joining("; "));
    var message =
        "the stack %s is %s: %s".formatted(stack.stackName(), stack.stackStatusAsString(), words);
    if (DENIED.matcher(words).find()) {
      return new Failure.Denied(
          "stack-denied",
          message
              + "; take credentials that may do this (docs/aws.md has the rights that an apply"
              + " needs), and run this again");
    }
    if (LIMIT.matcher(words).find()) {
      return new Failure.Denied(
          "aws-limit",
          message + "; ask AWS for a higher quota under Service Quotas, and run this again");
    }
    if (ZONE.matcher(words).find()) {
      return new Failure.Denied(
          "stack-zone",
          message + "; name zones that EKS has in cloud.aws.network.zones, and run this again");
    }
    return new Failure.Broken(
        "stack-failed",
        message + "; nothing of this change is left. Mend what it says, and run this again");
  }

  private static String words(StackEvent event) {
    return "%s (%s): %s"
        .formatted(
            Quote.plain(event.logicalResourceId()),
            Quote.plain(event.resourceType()),
            Quote.plain(String.valueOf(event.resourceStatusReason())));
  }

  /** A state that neither an update nor a deletion leads out of. */
  static Optional<Failure> stuck(Stack stack, List<StackResourceSummary> resources) {
    return switch (stack.stackStatus()) {
      case UPDATE_ROLLBACK_FAILED, UPDATE_FAILED ->
          Optional.of(
              new Failure.Broken(
                  "stack-stuck",
                  "the stack %s is %s: an update failed, and so did the way back (%s). Mend what it says, then: aws cloudformation continue-update-rollback --stack-name %s%s"
                      .formatted(
                          stack.stackName(),
                          stack.stackStatusAsString(),
                          reasons(resources),
                          stack.stackName(),
                          skipped(resources))));
      case DELETE_FAILED ->
          Optional.of(
              new Failure.Broken(
                  "stack-stuck",
                  "the stack %s is DELETE_FAILED: a destroy could not delete %s. Run gatehouse destroy again: it says what keeps them"
                      .formatted(stack.stackName(), reasons(resources))));
      case IMPORT_ROLLBACK_FAILED ->
          Optional.of(
              new Failure.Broken(
                  "stack-stuck",
                  "the stack %s is IMPORT_ROLLBACK_FAILED (%s); mend that in the console of CloudFormation"
                      .formatted(stack.stackName(), reasons(resources))));
      default -> Optional.empty();
    };
  }

  static String reasons(List<StackResourceSummary> resources) {
    var failed = failed(resources);
    return failed.isEmpty()
        ? "AWS does not say why"
        : failed.stream()
            .map(
                r ->
                    "%s (%s): %s"
                        .formatted(
                            Quote.plain(r.logicalResourceId()),
                            Quote.plain(r.resourceType()),
                            Quote.plain(String.valueOf(r.resourceStatusReason()))))
            .collect(joining("; "));
  }

  /** What cannot be set back is left as it is, if nothing else helps. */
  private static String skipped(List<StackResourceSummary> resources) {
    var failed = failed(resources);
    return failed.isEmpty()
        ? ""
        : "; if that fails again, add --resources-to-skip "
            + failed.stream().map(r -> Quote.plain(r.logicalResourceId())).collect(joining(" "))
            + ", which leaves these as they are now";
  }

  private static List<StackResourceSummary> failed(List<StackResourceSummary> resources) {
    return resources.stream().filter(r -> r.resourceStatusAsString().endsWith("_FAILED")).toList();
  }
}
