package dev.gatehouse.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.metrics.Readings.DirectoryReading;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MetricsTest {
  private final AtomicReference<Readings> readings = new AtomicReference<>(Readings.NONE);
  private final Counted counted = new Counted(new Tally<>(), new Tally<>(), new Starts());
  private final Metrics metrics = new Metrics("1.2.3", readings::get, counted);

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void scrape_directoryIsAway_saysSoAndHowOldTheCopyIs() {
    directory(new DirectoryReading(true, 50_000, Optional.of(Duration.ofMillis(1500))));
    assertThat(lines("gatehouse_directory"))
        .containsExactlyInAnyOrder(
            "gatehouse_directory_up 1.0",
            "gatehouse_directory_people 50000.0",
            "gatehouse_directory_copy_age_seconds 1.5");
    directory(new DirectoryReading(false, 0, Optional.empty()));
    assertThat(lines("gatehouse_directory"))
        .containsExactlyInAnyOrder(
            "gatehouse_directory_up 0.0",
            "gatehouse_directory_people 0.0",
            "gatehouse_directory_copy_age_seconds NaN");
  }

  @Test
  void scrape_directoryInsideThisProcess_claimsNothing() {
    assertThat(lines("gatehouse_directory_up")).containsExactly("gatehouse_directory_up NaN");
  }

  @Test
  void scrape_whatHasHappened_isCountedByOutcomeAlsoBeforeTheFirstScrape() {
    counted.logins().count(Outcome.GRANTED);
    counted.logins().count(Outcome.GRANTED);
    counted.refusals().count("penalty");
    assertThat(lines("gatehouse_logins"))
        .containsExactly("gatehouse_logins_total{code=\"ok\",outcome=\"granted\"} 2.0");
    assertThat(lines("gatehouse_connections_refused"))
        .containsExactly("gatehouse_connections_refused_total{reason=\"penalty\"} 1.0");
    counted.logins().count(Outcome.of(new Failure.Unavailable("directory-unavailable", "")));
    assertThat(lines("gatehouse_logins"))
        .contains(
            "gatehouse_logins_total{code=\"directory-unavailable\",outcome=\"unavailable\"} 1.0");
  }

  @Test
  void scrape_startsOfWorkspaces_haveAHistogramAndTheirFailuresACode() {
    counted.starts().ended(Duration.ofSeconds(3), null);
    assertThat(metrics.scrape())
        .contains("gatehouse_workspace_start_seconds_bucket{le=\"2.0\"} 0\n")
        .contains("gatehouse_workspace_start_seconds_bucket{le=\"5.0\"} 1\n")
        .contains("gatehouse_workspace_start_seconds_sum 3.0\n");
    counted.starts().ended(Duration.ofSeconds(40), null);
    var noNode = new FailureException(new Failure.Unavailable("no-node", ""));
    counted.starts().ended(Duration.ofSeconds(9), new CompletionException(noNode));
    counted.starts().ended(Duration.ofSeconds(9), new IllegalStateException());
    assertThat(lines("gatehouse_workspace_start_seconds_count"))
        .containsExactly("gatehouse_workspace_start_seconds_count 2");
    assertThat(lines("gatehouse_workspace_starts"))
        .containsExactlyInAnyOrder(
            "gatehouse_workspace_starts_total{code=\"ok\",outcome=\"granted\"} 2.0",
            "gatehouse_workspace_starts_total{code=\"no-node\",outcome=\"unavailable\"} 1.0",
            "gatehouse_workspace_starts_total{code=\"workspace-start-broken\",outcome=\"broken\"}"
                + " 1.0");
  }

  @Test
  void scrape_connections_areThoseOfNow() {
    readings.set(
        new Readings(
            Optional.empty(),
            3,
            Map.of("session", 2, ChannelType.of("evil\"} 1"), 1),
            1000,
            2000,
            4,
            5,
            Optional.of(Map.of("running", 7)),
            6));
    assertThat(metrics.scrape())
        .contains("gatehouse_connections 3.0\n")
        .contains("gatehouse_channels{type=\"session\"} 2.0\n")
        .contains("gatehouse_channels{type=\"other\"} 1.0\n")
        .contains("gatehouse_channels{type=\"x11\"} 0.0\n")
        .contains("gatehouse_relayed_bytes_total{direction=\"out\"} 2000.0\n")
        .contains("gatehouse_startups 4.0\n")
        .contains("gatehouse_penalties 5.0\n")
        .contains("gatehouse_workspaces{state=\"running\"} 7.0\n")
        .contains("gatehouse_workspaces{state=\"starting\"} 0.0\n")
        .contains("gatehouse_workspace_connections_kept 6.0\n");
    readings.set(Readings.NONE);
    assertThat(metrics.scrape())
        .contains("gatehouse_connections 0.0\n")
        .contains("gatehouse_workspaces{state=\"running\"} NaN\n");
  }

  @Test
  void scrape_process_tellsOfItself() {
    assertThat(metrics.scrape())
        .contains("gatehouse_version{version=\"1.2.3\"} 1.0\n")
        .contains("jvm_memory_used_bytes{area=\"heap\"")
        .contains("jvm_threads_live_threads ")
        .contains("process_files_open_files ")
        .contains("process_uptime_seconds ");
  }

  private void directory(DirectoryReading reading) {
    readings.set(new Readings(Optional.of(reading), 0, Map.of(), 0, 0, 0, 0, Optional.empty(), 0));
  }

  private List<String> lines(String prefix) {
    return metrics.scrape().lines().filter(line -> line.startsWith(prefix)).toList();
  }
}
