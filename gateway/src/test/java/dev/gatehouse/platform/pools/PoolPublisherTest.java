package dev.gatehouse.platform.pools;

import static dev.gatehouse.platform.pools.PoolFixture.START;
import static dev.gatehouse.platform.pools.PoolFixture.definition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.name.PoolName;
import dev.gatehouse.nodes.PoolIssue;
import dev.gatehouse.nodes.PoolReport;
import dev.gatehouse.nodes.PoolReport.Entry;
import dev.gatehouse.nodes.PoolReportText;
import dev.gatehouse.platform.objects.KubernetesObject;
import dev.gatehouse.platform.objects.ObjectKey;
import dev.gatehouse.platform.objects.Trees;
import dev.gatehouse.testkit.kubernetes.KarpenterController;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the operator tells gateways of pools. */
final class PoolPublisherTest {
  private static final ObjectKey STATUS =
      new ObjectKey("v1", "ConfigMap", "gatehouse", "gatehouse-status");
  private static final String POOLS = "pools: {gpu: {max: 2, instanceTypes: [g5.xlarge]}}";

  private final PoolFixture fixture = new PoolFixture().withKarpenter();

  @BeforeEach
  void status() {
    fixture.live.create(
        new KubernetesObject(
            STATUS,
            Map.of(
                "apiVersion", "v1",
                "kind", "ConfigMap",
                "metadata", Map.of("name", "gatehouse-status", "namespace", "gatehouse"))));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  /** By a publisher that remembers nothing, as after a restart of the operator. */
  private void round(String definition) {
    new PoolPublisher(fixture.live, fixture.engines(CloudPools.NONE), "gatehouse", fixture)
        .round(definition(definition));
  }

  private Optional<PoolReport> published() {
    return fixture
        .live
        .get(STATUS)
        .map(map -> Trees.text(Trees.map(map.tree().get("data")).get("pools.json")))
        .flatMap(PoolReportText::read);
  }

  private Entry gpu() {
    return published().orElseThrow().of(new PoolName("gpu")).orElseThrow();
  }

  private void make() throws InterruptedException {
    fixture
        .engine(Provisioner.KARPENTER)
        .apply(definition(POOLS).pools().firstEntry().getValue(), _ -> {});
  }

  private void join(String name) {
    KarpenterController.join(fixture.server, name, "gpu");
  }

  @Test
  void round_madePool_isToldAsItIs() throws InterruptedException {
    make();
    join("one");

    round(POOLS);

    assertThat(gpu())
        .returns("Karpenter", Entry::engine)
        .returns("Karpenter", Entry::maker)
        .returns(true, Entry::makes)
        .returns(true, Entry::there)
        .returns(Optional.of(2), Entry::max)
        .returns(1, Entry::ready)
        .returns(List.of("g5.xlarge"), Entry::instanceTypes)
        .returns(false, Entry::isFull);
    assertThat(published().orElseThrow().isFresh(fixture.instant())).isTrue();
  }

  @Test
  void round_poolThatIsNotMadeYet_saysSo() {
    round(POOLS);

    assertThat(gpu()).returns(false, Entry::there);
    assertThat(gpu().issues())
        .extracting(PoolIssue::sentence)
        .containsExactly("it is not made yet");
  }

  @Test
  void round_engineThatIsMissing_isAnIssue() {
    round(POOLS + "\ncloud: {aws: {region: eu-central-1, cluster: lab, nodes: autoMode}}");

    assertThat(gpu().issues()).extracting(PoolIssue::code).containsExactly("pool-engine-missing");
  }

  @Test
  void round_poolWithAllItsNodes_isFull_andWhatWasMeasuredStays() throws InterruptedException {
    make();
    join("one");
    join("two");
    var before =
        new Entry(
            "gpu",
            "Karpenter",
            true,
            Optional.empty(),
            true,
            0,
            Optional.empty(),
            Optional.empty(),
            0,
            List.of(),
            false,
            List.of(),
            List.of(60L, 70L),
            Optional.of(Instant.MAX));
    fixture.live.merge(
        STATUS,
        Map.of(
            "data",
            Map.of("pools.json", PoolReportText.of(new PoolReport(START, List.of(before))))));

    round(POOLS);

    assertThat(gpu().isFull()).isTrue();
    assertThat(gpu().usualStart()).contains(Duration.ofSeconds(60));
  }

  @Test
  void round_noPools_writesNothing_andTakesBackWhatWasTold() throws InterruptedException {
    round("{}");
    assertThat(published()).isEmpty();
    make();
    round(POOLS);

    round("{}");

    assertThat(published().orElseThrow().pools()).isEmpty();
  }

  @Test
  void read_somethingElse_isNothing() {
    assertThat(PoolReportText.read("{\"pools\": 7}")).isEmpty();
    assertThat(PoolReportText.read("no JSON")).isEmpty();
  }
}
