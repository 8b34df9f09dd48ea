package dev.gatehouse.aws.nodes;

import dev.gatehouse.failure.Quote;
import dev.gatehouse.nodes.PoolIssue;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityStatusCode;

/**
 * What Auto Scaling's activities mean. They have a message for people and no code: the codes of EC2
 * stand in it, or its words do.
 */
final class ScalingActivities {
  private static final Duration NEWS = Duration.ofHours(1);

  /**
   * A kind of failure.
   *
   * @param code as EC2 names it
   */
  private record Kind(String code, Pattern words, String sentence) {
    static Kind of(String code, String words, String sentence) {
      return new Kind(code, Pattern.compile("(?i)" + code + "|" + words), sentence);
    }
  }

  /** The first that fits is taken. */
  private static final List<Kind> FAILURES =
      List.of(
          Kind.of(
              "VcpuLimitExceeded",
              "more vCPU capacity than your current vCPU limit",
              "the account's quota of cores for this kind of machine is used up: ask AWS for a"
                  + " higher one under Service Quotas"),
          Kind.of(
              "MaxSpotInstanceCountExceeded",
              "Max spot instance count exceeded",
              "the account's quota of spot instances is used up: ask AWS for a higher one under"
                  + " Service Quotas"),
          Kind.of(
              "InstanceLimitExceeded",
              "requested more instances",
              "the account's quota of instances is used up: ask AWS for a higher one under Service"
                  + " Quotas"),
          Kind.of(
              "UnfulfillableCapacity",
              "no Spot capacity available",
              "AWS has no spot capacity of these instance types in these zones now: add instance"
                  + " types or zones, or take spot away"),
          Kind.of(
              "InsufficientInstanceCapacity",
              "do not have sufficient \\S+ capacity",
              "AWS has no machine of these instance types free in these zones now: add instance"
                  + " types or zones, or wait"),
          Kind.of(
              "InsufficientFreeAddressesInSubnet",
              "not enough free addresses",
              "a subnet has no free addresses left: add subnets"),
          Kind.of(
              "Unsupported",
              "not supported in your requested Availability Zone|configuration is currently not"
                  + " supported",
              "a zone of the pool does not have the instance type: name other zones or types"),
          Kind.of(
              "SpotMaxPriceTooLow",
              "Spot Request price is lower",
              "the most that the group pays for spot is too little"),
          Kind.of(
              "UnauthorizedOperation",
              "not authorized to perform|AccessDenied|service-linked role",
              "Auto Scaling lacks a right to launch machines"),
          Kind.of(
              "ClientError",
              "Client\\.InternalError|Client error on launch",
              "machines end as they start: often the key that encrypts the disk may not be used by"
                  + " Auto Scaling"));

  private static final Pattern SPOT_GONE =
      Pattern.compile("(?i)spot.{0,40}interruption|Instance Rebalance Recommendation");

  private ScalingActivities() {}

  /** The latest of each kind, of the last hour; a launch that worked settles failures before it. */
  static List<PoolIssue> issues(List<Activity> activities, Instant now) {
    var recent =
        activities.stream()
            .filter(a -> a.startTime().isAfter(now.minus(NEWS)))
            .sorted(Comparator.comparing(Activity::startTime).reversed())
            .toList();
    var issues = new LinkedHashMap<String, PoolIssue>();
    var isSettled = false;
    for (var activity : recent) {
      if (isSpotGone(activity)) {
        add(
            "SpotInterrupted",
            "AWS has taken a spot instance away, and what ran on it",
            activity,
            issues);
      } else if (activity.statusCode() == ScalingActivityStatusCode.FAILED
          || activity.statusCode() == ScalingActivityStatusCode.CANCELLED) {
        if (!isSettled) {
          failed(activity, issues);
        }
      } else if (activity.statusCode() == ScalingActivityStatusCode.SUCCESSFUL
          && text(activity.description()).startsWith("Launching")) {
        isSettled = true;
      }
    }
    return List.copyOf(issues.values());
  }

  private static boolean isSpotGone(Activity activity) {
    return text(activity.description()).startsWith("Terminating")
        && SPOT_GONE.matcher(text(activity.cause())).find();
  }

  private static void failed(Activity activity, Map<String, PoolIssue> issues) {
    var said = text(activity.statusMessage());
    FAILURES.stream()
        .filter(kind -> kind.words().matcher(said).find())
        .findFirst()
        .ifPresentOrElse(
            kind ->
                add(
                    kind.code(),
                    kind.sentence() + "; AWS says: " + Quote.plain(said),
                    activity,
                    issues),
            () -> add("LaunchFailed", "AWS says: " + Quote.plain(said), activity, issues));
  }

  private static void add(
      String code, String sentence, Activity activity, Map<String, PoolIssue> issues) {
    issues.putIfAbsent(code, new PoolIssue(code, sentence, Optional.of(activity.startTime())));
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
