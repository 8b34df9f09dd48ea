package dev.gatehouse.testkit.aws;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeScalingActivitiesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeScalingActivitiesResponse;
import software.amazon.awssdk.services.autoscaling.model.Filter;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityStatusCode;
import software.amazon.awssdk.services.autoscaling.model.TagDescription;
import software.amazon.awssdk.services.autoscaling.model.UpdateAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.UpdateAutoScalingGroupResponse;

/** Auto Scaling: a group has its machines at once, unless it is told that there are none. */
public final class FakeAutoScaling extends AwsService {
  private final Store<AutoScalingGroup> groups = new Store<>();
  private final List<Activity> activities = new ArrayList<>();
  private int pageSize = 50;
  private int capacity = Integer.MAX_VALUE;

  public FakeAutoScaling() {
    super("autoscaling", Protocol.QUERY);
    on(DescribeAutoScalingGroupsRequest.class, this::describe);
    on(UpdateAutoScalingGroupRequest.class, this::update, "AutoScalingGroupName");
    on(DescribeScalingActivitiesRequest.class, this::describeActivities);
  }

  /** So many reads after a change still see what was before. */
  public void lag(int reads) {
    groups.lag(reads);
  }

  public void pageSize(int size) {
    pageSize = size;
  }

  /** AWS has so many machines for a group, and no more. */
  public void capacity(int machines) {
    capacity = machines;
  }

  /** What is there, whoever made it. */
  public Optional<AutoScalingGroup> group(String name) {
    return groups.current(name);
  }

  public static TagDescription tag(String key, String value) {
    return TagDescription.builder().key(key).value(value).propagateAtLaunch(true).build();
  }

  /** Puts a group there with its machines, as if somebody else had. */
  public void put(AutoScalingGroup group) {
    groups.put(
        group.autoScalingGroupName(),
        group.toBuilder().instances(machines(group.desiredCapacity())).build());
  }

  void remove(String name) {
    groups.remove(name);
  }

  /** Something that a group has done, or failed to do. */
  public void activity(
      String group,
      ScalingActivityStatusCode status,
      Instant at,
      String description,
      String cause,
      String message) {
    activities.addFirst(
        Activity.builder()
            .activityId("activity-" + activities.size())
            .autoScalingGroupName(group)
            .statusCode(status)
            .startTime(at)
            .description(description)
            .cause(cause)
            .statusMessage(message.isEmpty() ? null : message)
            .build());
  }

  private DescribeAutoScalingGroupsResponse describe(DescribeAutoScalingGroupsRequest request) {
    var found =
        groups.readAll().stream()
            .filter(
                g ->
                    !request.hasAutoScalingGroupNames()
                        || request.autoScalingGroupNames().contains(g.autoScalingGroupName()))
            .filter(g -> request.filters().stream().allMatch(f -> matches(g.tags(), f)))
            .toList();
    var page = Page.of(found, pageSize, request.maxRecords(), request.nextToken());
    return DescribeAutoScalingGroupsResponse.builder()
        .autoScalingGroups(page.items())
        .nextToken(page.next())
        .build();
  }

  private static boolean matches(Collection<TagDescription> tags, Filter filter) {
    if (!filter.name().startsWith("tag:")) {
      throw AwsError.bad(
          "ValidationError", "Filter type %s is not correct".formatted(filter.name()));
    }
    return tags.stream()
        .anyMatch(
            t -> filter.name().equals("tag:" + t.key()) && filter.values().contains(t.value()));
  }

  private UpdateAutoScalingGroupResponse update(UpdateAutoScalingGroupRequest request) {
    var name = request.autoScalingGroupName();
    var group =
        groups
            .current(name)
            .orElseThrow(
                () -> AwsError.bad("ValidationError", "AutoScalingGroup name not found - " + name));
    var min = Objects.requireNonNullElse(request.minSize(), group.minSize());
    var max = Objects.requireNonNullElse(request.maxSize(), group.maxSize());
    if (min > max) {
      throw AwsError.bad(
          "ValidationError",
          "Max bound, %d, must be greater than or equal to min bound, %d".formatted(max, min));
    }
    var asked = request.desiredCapacity();
    if (asked != null && (asked < min || asked > max)) {
      throw AwsError.bad(
          "ValidationError",
          "Desired capacity:%d must be between the specified min size:%d and max size:%d"
              .formatted(asked, min, max));
    }
    var desired = asked == null ? Math.max(min, Math.min(max, group.desiredCapacity())) : asked;
    var changed =
        group.toBuilder()
            .minSize(min)
            .maxSize(max)
            .desiredCapacity(desired)
            .instances(machines(desired));
    if (request.mixedInstancesPolicy() != null) {
      changed
          .mixedInstancesPolicy(request.mixedInstancesPolicy())
          .launchTemplate((LaunchTemplateSpecification) null);
    }
    groups.put(name, changed.build());
    return UpdateAutoScalingGroupResponse.builder().build();
  }

  private DescribeScalingActivitiesResponse describeActivities(
      DescribeScalingActivitiesRequest request) {
    var found =
        activities.stream()
            .filter(a -> a.autoScalingGroupName().equals(request.autoScalingGroupName()))
            .toList();
    var page = Page.of(found, pageSize, request.maxRecords(), request.nextToken());
    return DescribeScalingActivitiesResponse.builder()
        .activities(page.items())
        .nextToken(page.next())
        .build();
  }

  private List<Instance> machines(int desired) {
    return IntStream.range(0, Math.min(desired, capacity))
        .mapToObj(
            i ->
                Instance.builder()
                    .instanceId("i-%017x".formatted(i))
                    .lifecycleState(LifecycleState.IN_SERVICE)
                    .healthStatus("Healthy")
                    .availabilityZone("eu-central-1a")
                    .protectedFromScaleIn(false)
                    .build())
        .toList();
  }
}
