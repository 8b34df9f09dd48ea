package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.cluster.revisions.Author;
import dev.gatehouse.console.OperatorStatus.Part;
import dev.gatehouse.platform.objects.LiveObjects;
import dev.gatehouse.platform.revisions.ConfigMapDefinitionStore;
import dev.gatehouse.platform.revisions.TryAgain;
import dev.gatehouse.platform.status.PartStatus;
import dev.gatehouse.platform.status.PartStatus.State;
import dev.gatehouse.platform.status.PlatformStatus;
import dev.gatehouse.platform.status.StatusConfigMap;
import dev.gatehouse.testkit.kubernetes.ApiServer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ReportedOperatorTest {
  private static final String NAMESPACE = "gatehouse";
  private static final Instant NOW = Instant.parse("2026-11-30T12:03:04Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);

  private final ApiServer server = ApiServer.start();
  private final ReportedOperator operator = new ReportedOperator(server.client(), NAMESPACE, CLOCK);

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void report_operatorHasNeverSaidAnything_isEmpty() {
    assertThat(operator.report()).isEmpty();
  }

  @Test
  void report_whatTheOperatorSaid_isPartsWithTheirCodes() {
    var earlier = NOW.minusSeconds(60);
    var status =
        PlatformStatus.NONE
            .with(7, new PartStatus("directory", State.APPLIED, 7, earlier, Optional.empty(), ""))
            .with(
                7,
                new PartStatus(
                    "gatehouse", State.FAILED, 7, NOW, Optional.of("rollout-stuck"), "no image"))
            .answering(Optional.of(earlier));
    new StatusConfigMap(new LiveObjects(server.innerClient()), NAMESPACE).write(status);

    var report = operator.report().orElseThrow();

    assertThat(report.revision()).isEqualTo(7);
    assertThat(report.since()).contains(NOW);
    assertThat(report.tried()).contains(earlier);
    assertThat(report.parts())
        .containsExactly(
            new Part("directory", "applied", earlier, ""),
            new Part("gatehouse", "failed", NOW, "no image (rollout-stuck)"));
    assertThat(report.parts()).noneMatch(Part::isChanging);
  }

  @Test
  void tryAgain_isARequestThatTheOperatorSees() {
    var author = new Author("ada", "the test", Optional.empty());
    new ConfigMapDefinitionStore(server.innerClient(), NAMESPACE, CLOCK).change(0, "{}", author);

    var request = operator.tryAgain();

    assertThat(new TryAgain(server.innerClient(), NAMESPACE, CLOCK).asked()).contains(request);
  }

  @Test
  void report_serverAway_isUnavailable() {
    server.down();
    assertThatThrownBy(operator::report).hasMessageContaining("kubernetes-unavailable");
  }
}
