package dev.gatehouse.aws.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.nodes.PoolIssue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityStatusCode;

final class ScalingActivitiesTest {
  private static final Instant NOW = Instant.parse("2026-11-30T13:00:00Z");

  /** Messages as AWS' guide to troubleshooting Auto Scaling has them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          We currently do not have sufficient p5.48xlarge capacity in the Availability Zone you requested (eu-central-1a). | InsufficientInstanceCapacity
          Could not launch Spot Instances. InsufficientInstanceCapacity - There is no Spot capacity available that matches your request. Launching EC2 instance failed. | UnfulfillableCapacity
          Could not launch Spot Instances. MaxSpotInstanceCountExceeded - Max spot instance count exceeded. Launching EC2 instance failed. | MaxSpotInstanceCountExceeded
          You have requested more vCPU capacity than your current vCPU limit of 32 allows for the instance bucket that the specified instance type belongs to. | VcpuLimitExceeded
          Your requested instance type (g6.xlarge) is not supported in your requested Availability Zone (eu-central-1c). | Unsupported
          The requested configuration is currently not supported. Please check the documentation for supported configurations. | Unsupported
          There are not enough free addresses in subnet 'subnet-a' to satisfy the requested number of instances. | InsufficientFreeAddressesInSubnet
          Client.InternalError: Client error on launch | ClientError
          Something that AWS says since yesterday | LaunchFailed
          """)
  void issues_failedLaunch_isOfAKind(String message, String code) {
    assertThat(issues(failed(message, 5)))
        .singleElement()
        .satisfies(
            issue -> {
              assertThat(issue.code()).isEqualTo(code);
              assertThat(issue.sentence()).contains("AWS says: " + message);
              assertThat(issue.since()).contains(NOW.minus(Duration.ofMinutes(5)));
            });
  }

  @Test
  void issues_sameTwice_isTheLatest() {
    var message = "We currently do not have sufficient m7i.large capacity in the zone.";
    assertThat(issues(failed(message, 9), failed(message, 2)))
        .singleElement()
        .satisfies(i -> assertThat(i.since()).contains(NOW.minus(Duration.ofMinutes(2))));
  }

  @Test
  void issues_launchedSince_areSettled() {
    assertThat(
            issues(
                failed("do not have sufficient m7i.large capacity", 9),
                activity(
                    ScalingActivityStatusCode.SUCCESSFUL,
                    "Launching a new EC2 instance: i-1",
                    "",
                    "",
                    2)))
        .isEmpty();
  }

  @Test
  void issues_overAnHourAgo_areNone() {
    assertThat(issues(failed("do not have sufficient m7i.large capacity", 61))).isEmpty();
  }

  @Test
  void issues_spotTakenAway_isToldThoughTheGroupIsWell() {
    assertThat(
            issues(
                activity(
                    ScalingActivityStatusCode.SUCCESSFUL,
                    "Terminating EC2 instance: i-1",
                    "At 2026-11-30T12:55:00Z an instance was taken out of service in response to an"
                        + " EC2 Spot instance interruption notice.",
                    "",
                    5)))
        .extracting(PoolIssue::code)
        .containsExactly("SpotInterrupted");
  }

  private static List<PoolIssue> issues(Activity... activities) {
    return ScalingActivities.issues(List.of(activities), NOW);
  }

  private static Activity failed(String message, int minutesAgo) {
    return activity(
        ScalingActivityStatusCode.FAILED, "Launching a new EC2 instance", "", message, minutesAgo);
  }

  private static Activity activity(
      ScalingActivityStatusCode status,
      String description,
      String cause,
      String message,
      int minutesAgo) {
    return Activity.builder()
        .statusCode(status)
        .description(description)
        .cause(cause)
        .statusMessage(message)
        .startTime(NOW.minus(Duration.ofMinutes(minutesAgo)))
        .build();
  }
}
