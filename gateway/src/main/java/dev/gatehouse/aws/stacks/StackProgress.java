package dev.gatehouse.aws.stacks;

import dev.gatehouse.aws.AwsFailures;
import dev.gatehouse.failure.Quote;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/** How far the work on a stack is, from its events. */
final class StackProgress {
  /** What these usually take. What is not named takes less than a minute. */
  private static final Map<String, Duration> USUAL =
      Map.of(
          "AWS::EKS::Cluster", Duration.ofMinutes(10),
          "AWS::EKS::Nodegroup", Duration.ofMinutes(3),
          "AWS::EKS::Addon", Duration.ofMinutes(1),
          "AWS::EC2::NatGateway", Duration.ofMinutes(2),
          "AWS::EC2::VPCEndpoint", Duration.ofMinutes(2),
          "AWS::EFS::MountTarget", Duration.ofMinutes(2),
          "AWS::KMS::Key", Duration.ofMinutes(1));

  private final StackCalls calls;
  private final String id;
  private final Instant since;
  private final InstantSource clock;
  private final Map<String, StackEvent> underWay = new LinkedHashMap<>();
  private final Map<String, StackEvent> failed = new LinkedHashMap<>();
  private final Map<String, Boolean> done = new HashMap<>();
  private @Nullable String newest;

  /**
   * @param id of the stack
   * @param since events before it are of earlier work
   */
  StackProgress(StackCalls calls, String id, Instant since, InstantSource clock) {
    this.calls = calls;
    this.id = id;
    this.since = since;
    this.clock = clock;
  }

  /** Reads what has happened since it was read last. */
  void read() {
    var news = AwsFailures.told("read the events of the stack " + id, this::news);
    if (!news.isEmpty()) {
      newest = news.getFirst().eventId();
    }
    news.reversed().forEach(this::take);
  }

  private List<StackEvent> news() {
    var news = new ArrayList<StackEvent>();
    for (var event : calls.events(id)) {
      if (event.eventId().equals(newest) || event.timestamp().isBefore(since)) {
        break;
      }
      news.add(event);
    }
    return news;
  }

  private void take(StackEvent event) {
    // The stack itself is told of as a resource too.
    if (event.logicalResourceId() == null
        || (event.physicalResourceId() != null
            && event.physicalResourceId().equals(event.stackId()))) {
      return;
    }
    var status = event.resourceStatusAsString();
    if (status.endsWith("_IN_PROGRESS")) {
      underWay.putIfAbsent(event.logicalResourceId(), event);
      done.putIfAbsent(event.logicalResourceId(), false);
    } else {
      underWay.remove(event.logicalResourceId());
      done.put(event.logicalResourceId(), true);
      if (status.endsWith("_FAILED") && !isFollowing(event)) {
        failed.putIfAbsent(event.logicalResourceId(), event);
      }
    }
  }

  /** One that ended only because another had failed. */
  private static boolean isFollowing(StackEvent event) {
    return String.valueOf(event.resourceStatusReason()).contains("cancelled");
  }

  /** What is waited for longest, in a line that changes by the minute. */
  String line() {
    var longest = underWay.values().stream().findFirst();
    var count = done.values().stream().filter(d -> d).count();
    return longest
        .map(
            event ->
                "%s (%s), for %d min%s; %d of %d done"
                    .formatted(
                        Quote.plain(event.logicalResourceId()),
                        Quote.plain(event.resourceType()),
                        Math.max(
                            0, Duration.between(event.timestamp(), clock.instant()).toMinutes()),
                        usual(event.resourceType()),
                        count,
                        done.size()))
        .orElse("CloudFormation is at work; %d done".formatted(count));
  }

  private static String usual(String type) {
    return Optional.ofNullable(USUAL.get(type))
        .map(d -> ", which usually takes %d".formatted(d.toMinutes()))
        .orElse("");
  }

  /** The resources that failed by themselves, the first one first, with AWS' words. */
  List<StackEvent> failures() {
    return List.copyOf(failed.values());
  }
}
