package dev.gatehouse.platform.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.revisions.DefinitionStore;
import dev.gatehouse.platform.ApplyLease;
import dev.gatehouse.platform.PlatformFixture;
import dev.gatehouse.platform.objects.ObjectKey;
import dev.gatehouse.platform.revisions.ConfigMapDefinitionStore;
import dev.gatehouse.platform.revisions.TryAgain;
import dev.gatehouse.platform.status.PartStatus.State;
import dev.gatehouse.platform.status.StatusConfigMap;
import dev.gatehouse.testkit.Poll;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class OperatorTest {
  private static final String APPLIED = "gateway: {replicas: 2}\n";
  private static final ObjectKey GATEWAY =
      new ObjectKey("apps/v1", "Deployment", "gatehouse", "gatehouse");

  private final PlatformFixture fixture = new PlatformFixture();
  private final Waits waits = new Waits();
  private final StatusReport report =
      new StatusReport(new StatusConfigMap(fixture.live, "gatehouse"), fixture);
  private final OperatorMetrics metrics = new OperatorMetrics(report);

  @BeforeEach
  void apply() throws InterruptedException {
    fixture.apply(APPLIED);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void start_definitionIsChanged_makesItSo() {
    try (var operator = operator(0.5)) {
      operator.start();
      until(1);
      fixture.store.change(1, APPLIED.replace("2", "3"), PlatformFixture.AUTHOR);
      until(2);
    }
    assertThat(fixture.live.get(GATEWAY).orElseThrow().spec()).containsEntry("replicas", 3);
  }

  @Test
  void close_whileARolloutDoesNotEnd_ends_andTheNextOneGoesOn() {
    fixture.areControllersWorking = false;
    fixture.store.change(1, APPLIED.replace("2", "3"), PlatformFixture.AUTHOR);
    var first = operator(0.5);
    first.start();
    Poll.until(
        "it applies",
        () -> report.status().of("gatehouse").filter(p -> p.state() == State.APPLYING).isPresent());
    first.close();
    fixture.areControllersWorking = true;

    var next = new StatusReport(new StatusConfigMap(fixture.live, "gatehouse"), fixture);
    try (var operator = operator(next, new Waits(), 0.5)) {
      operator.start();
      Poll.until(
          "it is applied",
          () -> next.status().of("gatehouse").filter(p -> p.state() == State.APPLIED).isPresent());
    }
  }

  @Test
  void tryAgain_sameRevision_isDoneAtOnceAndAnswered() {
    var tryAgain = new TryAgain(fixture.client, "gatehouse", fixture);
    try (var store = new ConfigMapDefinitionStore(fixture.client, "gatehouse", fixture);
        var operator = operator(store, report, waits, 0.5)) {
      operator.start();
      until(1);
      // Nobody but a look for drift, ten minutes later, would see this.
      fixture.live.merge(GATEWAY, Map.of("spec", Map.of("replicas", 7)));
      var request = tryAgain.ask();
      Poll.until("it is answered", () -> report.status().tried().equals(Optional.of(request)));
      assertThat(fixture.live.get(GATEWAY).orElseThrow().spec()).containsEntry("replicas", 2);

      var next = tryAgain.ask();
      assertThat(next).isAfter(request);
      Poll.until("this too", () -> report.status().tried().equals(Optional.of(next)));
    }
  }

  @Test
  void start_rolloutThatNeverEnds_givesWayToTheRevisionThatMendsIt() {
    fixture.areControllersWorking = false;
    try (var operator = operator(0.5)) {
      operator.start();
      fixture.store.change(1, APPLIED.replace("2", "3"), PlatformFixture.AUTHOR);
      Poll.until(
          "it applies",
          () ->
              report.status().of("gatehouse").filter(p -> p.state() == State.APPLYING).isPresent());
      assertThat(metrics.objection()).isEmpty();
      fixture.store.change(2, APPLIED, PlatformFixture.AUTHOR);
      Poll.until(
          "the newer one is applied",
          () -> fixture.live.get(GATEWAY).orElseThrow().spec().get("replicas").equals(2));
      fixture.areControllersWorking = true;
      until(3);
    }
  }

  @Test
  void backOff_moreFailures_waitsLonger_andNeverTheSame() {
    try (var operator = operator(0)) {
      operator.start();
      assertThat(operator.backOff(1)).isEqualTo(Duration.ofMillis(2_500));
      assertThat(operator.backOff(4)).isEqualTo(Duration.ofSeconds(20));
    }
  }

  @Test
  void metrics_untilItHasLooked_isNotReady() {
    assertThat(metrics.objection()).isPresent();
    try (var operator = operator(0.5)) {
      operator.start();
      until(1);
      assertThat(metrics.objection()).isEmpty();
      // The pass goes on behind its last part.
      Poll.until(
          "the pass is over", () -> metrics.page().contains("passes_total{result=\"done\"} 1\n"));
    }
    assertThat(metrics.page())
        .contains(
            "gatehouse_operator_revision 1\n",
            "gatehouse_operator_passes_total{result=\"done\"} 1\n",
            "gatehouse_operator_part{part=\"gatehouse\",state=\"applied\"} 1\n",
            "gatehouse_operator_part{part=\"gatehouse\",state=\"failed\"} 0\n");
  }

  private void until(long revision) {
    Poll.until(
        "revision %d is applied".formatted(revision),
        () ->
            report
                .status()
                .of("gatehouse")
                .filter(p -> p.state() == State.APPLIED && p.revision() == revision)
                .isPresent());
  }

  private Operator operator(double random) {
    return operator(report, waits, random);
  }

  private Operator operator(StatusReport reporting, Waits ending, double random) {
    return operator(fixture.store, reporting, ending, random);
  }

  private Operator operator(
      DefinitionStore store, StatusReport reporting, Waits ending, double random) {
    RandomGenerator generator =
        new RandomGenerator() {
          @Override
          public long nextLong() {
            return 0;
          }

          @Override
          public double nextDouble() {
            return random;
          }
        };
    var reconciliation =
        new Reconciliation(
            fixture.platform(
                time -> {
                  ending.pauseForRevision(Duration.ZERO);
                  fixture.pause(time);
                }),
            fixture.helm,
            fixture.live,
            new ApplyLease(fixture.client, "gatehouse", "operator", fixture, fixture::pause),
            new TryAgain(fixture.client, "gatehouse", fixture),
            reporting,
            Path.of("k8s"),
            "gatehouse");
    return new Operator(reconciliation, metrics, store, ending, generator);
  }
}
