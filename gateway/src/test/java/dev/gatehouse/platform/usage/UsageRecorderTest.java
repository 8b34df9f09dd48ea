package dev.gatehouse.platform.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.groups.Tuple.tuple;

import dev.gatehouse.cost.MonthUsage;
import dev.gatehouse.cost.NodeKind;
import dev.gatehouse.cost.NodeUse;
import dev.gatehouse.cost.UsageText;
import dev.gatehouse.cost.WorkspaceUse;
import dev.gatehouse.testkit.kubernetes.ApiServer;
import dev.gatehouse.testkit.kubernetes.RestrictedPod;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the operator keeps of a cluster, on a mock API server that is as strict as a real one. */
final class UsageRecorderTest {
  private static final String OURS = "gatehouse";
  private static final String WORKSPACES = "gatehouse-workspaces";
  private static final NodeKind GPU = new NodeKind("gpu", "g5.xlarge", true);
  private static final LocalDate DAY = LocalDate.of(2026, 11, 10);
  private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);

  private final ApiServer api = ApiServer.start();
  private final KubernetesClient client = api.client();
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-10T10:00:00Z"));
  private final AtomicLong nanos = new AtomicLong();

  private UsageRecorder recorder() {
    return new UsageRecorder(client, OURS, now::get, nanos::get);
  }

  @BeforeEach
  void node() {
    client
        .resource(
            new NodeBuilder()
                .withNewMetadata()
                .withName("n1")
                .withUid("node-1")
                .withCreationTimestamp("2026-11-01T00:00:00Z")
                .addToLabels("node.kubernetes.io/instance-type", "g5.xlarge")
                .addToLabels("karpenter.sh/capacity-type", "spot")
                .addToLabels("gatehouse.dev/pool", "gpu")
                .endMetadata()
                .withNewStatus()
                .withAllocatable(Map.of("cpu", new Quantity("4"), "memory", new Quantity("16Gi")))
                .endStatus()
                .build())
        .create();
  }

  @AfterEach
  void close() {
    client.close();
    api.close();
  }

  private void pass(Duration time) {
    now.updateAndGet(at -> at.plus(time));
    nanos.addAndGet(time.toNanos());
  }

  private void pod(String person, String uid, String cpu) {
    client
        .resource(
            RestrictedPod.of(
                    WORKSPACES,
                    "ws-" + person + "-0",
                    RestrictedPod.container("workspace", Map.of("cpu", new Quantity(cpu))))
                .editMetadata()
                .withUid(uid)
                .addToLabels("gatehouse.dev/workspace", "ws-" + person)
                .addToLabels("gatehouse.dev/machine-type", "standard")
                .addToAnnotations("gatehouse.dev/person", person)
                .endMetadata()
                .editSpec()
                .withNodeName("n1")
                .endSpec()
                .withNewStatus()
                .withPhase("Running")
                .withStartTime(now.get().toString())
                .endStatus()
                .build())
        .create();
  }

  private void gone(String person) {
    client
        .pods()
        .inNamespace(WORKSPACES)
        .withName("ws-" + person + "-0")
        .withGracePeriod(0)
        .delete();
  }

  private void set(String person, Map<String, String> marks) {
    client
        .resource(
            new StatefulSetBuilder()
                .withNewMetadata()
                .withNamespace(WORKSPACES)
                .withName("ws-" + person)
                .withAnnotations(marks)
                .endMetadata()
                .withNewSpec()
                .withReplicas(0)
                .withNewSelector()
                .addToMatchLabels("gatehouse.dev/workspace", "ws-" + person)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("gatehouse.dev/workspace", "ws-" + person)
                .endMetadata()
                .withSpec(
                    RestrictedPod.of(
                            WORKSPACES, "any", RestrictedPod.container("workspace", Map.of()))
                        .build()
                        .getSpec())
                .endTemplate()
                .endSpec()
                .build())
        .create();
  }

  private MonthUsage usage(YearMonth month) {
    var map = client.configMaps().inNamespace(OURS).withName(UsageText.configMap(month)).get();
    return UsageText.read(Base64.getDecoder().decode(map.getBinaryData().get(UsageText.KEY)))
        .orElseThrow();
  }

  private List<WorkspaceUse> workspaces() {
    return usage(NOVEMBER).usage().workspaces();
  }

  private long seconds(String person) {
    return workspaces().stream()
        .filter(w -> w.person().equals(person))
        .mapToLong(WorkspaceUse::seconds)
        .sum();
  }

  @Test
  void round_fiveMinutesOfAWorkspace_areOfItsPersonNodeAndShare() {
    var recorder = recorder();
    recorder.round(WORKSPACES);
    pod("ada", "pod-1", "1");
    pass(Duration.ofMinutes(5));
    recorder.round(WORKSPACES);
    assertThat(workspaces())
        .containsExactly(new WorkspaceUse(DAY, "ada", "standard", GPU, 300, 0, 75_000));
    assertThat(usage(NOVEMBER).usage().nodes()).containsExactly(new NodeUse(DAY, GPU, 300));
  }

  @Test
  void round_beforeFiveMinutes_writesNothing() {
    var recorder = recorder();
    recorder.round(WORKSPACES);
    pod("ada", "pod-1", "1");
    pass(Duration.ofMinutes(4));
    recorder.round(WORKSPACES);
    assertThat(workspaces()).isEmpty();
  }

  @Test
  void round_afterAPodHasGone_writesAtOnceUntilItWasSeen() {
    var recorder = recorder();
    recorder.round(WORKSPACES);
    pod("ada", "pod-1", "1");
    pass(Duration.ofSeconds(60));
    recorder.round(WORKSPACES);
    gone("ada");
    pass(Duration.ofSeconds(30));
    recorder.round(WORKSPACES);
    assertThat(seconds("ada")).isEqualTo(60);
  }

  /** The operator dies, and another begins an hour later. */
  @Test
  void round_ofANewOperator_goesOnWhereTheOldHasStopped() {
    var first = recorder();
    first.round(WORKSPACES);
    pod("ada", "pod-1", "1");
    pod("bob", "pod-2", "1");
    pass(Duration.ofMinutes(5));
    first.round(WORKSPACES);
    pass(Duration.ofMinutes(20));
    gone("bob");
    set(
        "bob",
        Map.of(
            "gatehouse.dev/started-at",
            "2026-11-10T10:00:00Z",
            "gatehouse.dev/stopped-at",
            now.get().toString()));
    pass(Duration.ofMinutes(35));
    recorder().round(WORKSPACES);
    assertThat(seconds("ada")).as("it ran all the time").isEqualTo(3600);
    assertThat(seconds("bob")).as("until it was stopped").isEqualTo(25 * 60);
    assertThat(usage(NOVEMBER).usage().nodes().getFirst().seconds()).isEqualTo(3600);
  }

  @Test
  void round_ofTwoOperatorsAtOnce_countsOnce() {
    var one = recorder();
    var other = recorder();
    one.round(WORKSPACES);
    pod("ada", "pod-1", "1");
    for (var i = 0; i < 6; i++) {
      pass(Duration.ofMinutes(5));
      one.round(WORKSPACES);
      other.round(WORKSPACES);
      pass(Duration.ofMinutes(3));
      other.round(WORKSPACES);
    }
    pass(Duration.ofMinutes(5));
    other.round(WORKSPACES);
    assertThat(seconds("ada")).isEqualTo(53 * 60);
  }

  /** Another operator has written between a read and its write. */
  @Test
  void round_ifSomebodyElseHasWritten_isDoneAnew() {
    var recorder = recorder();
    recorder.round(WORKSPACES);
    pod("ada", "pod-1", "1");
    pass(Duration.ofMinutes(5));
    api.fail("PUT .*gatehouse-usage-11", 409, 2);
    recorder.round(WORKSPACES);
    assertThat(seconds("ada")).isEqualTo(300);
  }

  @Test
  void store_withAnOldResourceVersion_isRefused() {
    recorder().round(WORKSPACES);
    var old = client.configMaps().inNamespace(OURS).withName("gatehouse-usage-11").get();
    pass(Duration.ofMinutes(5));
    recorder().round(WORKSPACES);
    assertThat(catchThrowable(() -> client.configMaps().inNamespace(OURS).resource(old).update()))
        .as("the mock refuses as a real API server does")
        .hasMessageContaining("409");
  }

  @Test
  void round_whileTheApiServerIsAway_losesNothing() {
    var recorder = recorder();
    recorder.round(WORKSPACES);
    pod("ada", "pod-1", "1");
    api.down();
    pass(Duration.ofMinutes(7));
    recorder.round(WORKSPACES);
    api.up();
    pass(Duration.ofMinutes(1));
    recorder.round(WORKSPACES);
    assertThat(seconds("ada")).isEqualTo(480);
  }

  @Test
  void round_overTheEndOfTheMonth_isInBoth() {
    now.set(Instant.parse("2026-11-30T23:50:00Z"));
    var recorder = recorder();
    recorder.round(WORKSPACES);
    pod("ada", "pod-1", "1");
    pass(Duration.ofMinutes(6));
    recorder.round(WORKSPACES);
    pass(Duration.ofMinutes(14));
    recorder.round(WORKSPACES);
    recorder().round(WORKSPACES);
    assertThat(seconds("ada")).isEqualTo(600);
    var december = usage(NOVEMBER.plusMonths(1)).usage();
    assertThat(december.workspaces())
        .extracting(WorkspaceUse::day, WorkspaceUse::seconds)
        .containsExactly(tuple(LocalDate.of(2026, 12, 1), 600L));
    assertThat(december.nodes().getFirst().seconds()).isEqualTo(600);
  }

  @Test
  void round_aYearLater_overwritesTheMonth() {
    recorder().round(WORKSPACES);
    now.set(Instant.parse("2027-11-10T10:00:00Z"));
    recorder().round(WORKSPACES);
    assertThat(usage(NOVEMBER).month()).isEqualTo(YearMonth.of(2027, 11));
    now.set(Instant.parse("2026-11-10T11:00:00Z"));
    recorder().round(WORKSPACES);
    assertThat(usage(NOVEMBER).month()).as("nor back").isEqualTo(YearMonth.of(2027, 11));
  }

  @Test
  void round_ofAnIdleWorkspace_tellsHowLongItIdled() {
    var recorder = recorder();
    recorder.round(WORKSPACES);
    pod("ada", "pod-1", "1");
    set("ada", Map.of("gatehouse.dev/last-use", "2026-11-10T10:02:00Z"));
    pass(Duration.ofMinutes(20));
    recorder.round(WORKSPACES);
    assertThat(workspaces().getFirst().idleSeconds()).as("from 10:07 on").isEqualTo(13 * 60);
  }

  @Test
  void round_ofAWorkspaceThatComputes_isNoIdleTime() {
    api.measure("ws-ada-0", "150m", "1Gi");
    var recorder = recorder();
    recorder.round(WORKSPACES);
    pod("ada", "pod-1", "1");
    for (var i = 0; i < 4; i++) {
      pass(Duration.ofMinutes(5));
      recorder.round(WORKSPACES);
    }
    assertThat(workspaces().getFirst().idleSeconds()).isZero();
  }

  @Test
  void round_ofTheClocksJump_paysForNoDayThatNeverWas() {
    var recorder = recorder();
    recorder.round(WORKSPACES);
    pod("ada", "pod-1", "1");
    now.updateAndGet(at -> at.plus(Duration.ofDays(3)));
    pass(Duration.ofMinutes(10));
    recorder.round(WORKSPACES);
    now.updateAndGet(at -> at.minus(Duration.ofDays(3)));
    pass(Duration.ofMinutes(10));
    recorder.round(WORKSPACES);
    assertThat(seconds("ada")).isBetween(1200L, 1206L);
  }

  @Test
  void round_ofPodsThatAreTooMuchTogether_sharesTheNode() {
    var recorder = recorder();
    recorder.round(WORKSPACES);
    pod("ada", "pod-1", "3");
    pod("bob", "pod-2", "3");
    pass(Duration.ofMinutes(5));
    recorder.round(WORKSPACES);
    assertThat(workspaces())
        .extracting(WorkspaceUse::nodeMillis)
        .containsExactly(150_000L, 150_000L);
  }
}
