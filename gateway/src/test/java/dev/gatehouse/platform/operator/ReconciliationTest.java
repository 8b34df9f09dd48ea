package dev.gatehouse.platform.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.AwsSettings.NodeEngine;
import dev.gatehouse.cluster.revisions.Author;
import dev.gatehouse.cluster.revisions.Revision;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.name.PoolName;
import dev.gatehouse.platform.ApplyLease;
import dev.gatehouse.platform.PlatformFixture;
import dev.gatehouse.platform.helm.FakeHelm;
import dev.gatehouse.platform.objects.ObjectKey;
import dev.gatehouse.platform.pools.MadePools;
import dev.gatehouse.platform.revisions.TryAgain;
import dev.gatehouse.platform.status.PartStatus;
import dev.gatehouse.platform.status.PlatformStatus;
import dev.gatehouse.platform.status.StatusConfigMap;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ReconciliationTest {
  private static final String APPLIED =
      """
      images: {repository: one.example/gatehouse, tag: 1.0.0}
      directory: {administrators: admins, deployed: {}}
      gateway: {replicas: 2}
      kubernetes: {quota: {pods: 200}}
      """;

  private static final ObjectKey GATEWAY =
      new ObjectKey("apps/v1", "Deployment", "gatehouse", "gatehouse");

  private final PlatformFixture fixture = new PlatformFixture();

  /** A person has applied it, and the operator has looked. */
  @BeforeEach
  void apply() throws InterruptedException {
    fixture.apply(APPLIED);
    assertThat(run(1, APPLIED)).isTrue();
    fixture.helm.applied().clear();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void run_nothingIsNew_appliesNothing() throws InterruptedException {
    assertThat(run(1, APPLIED)).isTrue();

    assertThat(fixture.helm.applied()).isEmpty();
    assertThat(states())
        .containsExactly(
            "definition applied",
            "gatehouse-foundation applied",
            "directory-secrets applied",
            "directory applied",
            "gatehouse applied");
  }

  @Test
  void run_newRevision_isMadeSo() throws InterruptedException {
    assertThat(run(2, APPLIED.replace("replicas: 2", "replicas: 3"))).isTrue();

    assertThat(fixture.helm.applied()).containsExactly("gatehouse");
    assertThat(fixture.live.get(GATEWAY).orElseThrow().spec()).containsEntry("replicas", 3);
    assertThat(status().revision()).isEqualTo(2);
  }

  @Test
  void run_brokenRevision_changesNothing_andIsShown() throws InterruptedException {
    assertThat(run(2, "gateway: {replicas: many}\n")).isTrue();

    assertThat(fixture.helm.applied()).isEmpty();
    assertThat(part("definition"))
        .returns("refused", p -> p.state().word())
        .returns(Optional.of("definition-broken"), PartStatus::code)
        .returns(2L, PartStatus::revision)
        .satisfies(p -> assertThat(p.message()).contains("gateway.replicas"));
    assertThat(part("gatehouse")).returns("applied", p -> p.state().word());
  }

  /**
   * Somebody has broken into a gateway, and writes a definition with an image of their own, their
   * own group as administrators, another namespace, ten times the quota and as many gateways as
   * there can be.
   */
  @Test
  void run_definitionOfBrokenIntoGateway_makesNothingOfItSo() throws InterruptedException {
    var attack =
        """
        images: {repository: evil.example/gatehouse, tag: 1.0.0}
        directory: {administrators: mallory, deployed: {}}
        gateway: {replicas: 20}
        kubernetes: {namespace: kube-system, gatewayNamespace: default, quota: {pods: 5000}}
        """;
    var before = fixture.live.get(GATEWAY).orElseThrow().spec();
    var ofThePerson = fixture.server.accesses().size();

    assertThat(run(2, attack)).isTrue();

    assertThat(fixture.helm.applied()).isEmpty();
    assertThat(fixture.live.get(GATEWAY).orElseThrow().spec()).isEqualTo(before);
    assertThat(part("gatehouse").message())
        .contains("images.gateway one.example/gatehouse/gatehouse-gateway →")
        .contains("gateway.replicas 10 → 20 waits");
    assertThat(part("directory").message())
        .contains("directory.administrators admins → mallory waits")
        .contains("images.directory");
    assertThat(part("gatehouse-foundation").message())
        .contains("kubernetes.namespace gatehouse-workspaces → kube-system waits")
        .contains("kubernetes.gatewayNamespace gatehouse → default waits")
        .contains("kubernetes.quota.pods 200 → 5000 waits for gatehouse apply by a person");
    assertThat(List.of("gatehouse", "directory", "gatehouse-foundation"))
        .allSatisfy(name -> assertThat(part(name)).returns("waiting", p -> p.state().word()));
    assertThat(fixture.server.accesses().stream().skip(ofThePerson))
        .filteredOn(a -> !List.of("get", "list", "watch").contains(a.verb()))
        .filteredOn(a -> !a.namespace().equals("gatehouse"))
        .filteredOn(a -> !a.namespace().equals("gatehouse-workspaces"))
        .isEmpty();
  }

  @Test
  void run_definitionWithFiveHundredGateways_isBroken_andChangesNothing()
      throws InterruptedException {
    assertThat(run(2, APPLIED.replace("replicas: 2", "replicas: 500"))).isTrue();

    assertThat(fixture.helm.applied()).isEmpty();
    assertThat(part("definition")).returns("refused", p -> p.state().word());
  }

  @Test
  void run_limitBeyondGuardRails_waits_andTheRestIsMadeSo() throws InterruptedException {
    var more = APPLIED.replace("pods: 200", "pods: 300").replace("replicas: 2", "replicas: 3");

    assertThat(run(2, more)).isTrue();

    assertThat(fixture.helm.applied()).containsExactly("gatehouse");
    assertThat(part("gatehouse-foundation"))
        .returns("waiting", p -> p.state().word())
        .returns(
            "kubernetes.quota.pods 200 → 300 waits for gatehouse apply by a person with"
                + " credentials",
            PartStatus::message);
  }

  @Test
  void run_limitWithinGuardRailsButOfTheFoundation_waits() throws InterruptedException {
    assertThat(run(2, APPLIED.replace("pods: 200", "pods: 100"))).isTrue();

    assertThat(fixture.helm.applied()).isEmpty();
    assertThat(part("gatehouse-foundation").message())
        .isEqualTo(
            "kubernetes.quota.pods 200 → 100 waits for gatehouse apply by a person with"
                + " credentials");
  }

  @Test
  void run_guardRailsAreGone_everythingWaits() throws InterruptedException {
    fixture.live.delete(new ObjectKey("v1", "ConfigMap", "gatehouse", "gatehouse-guard-rails"));

    assertThat(run(2, APPLIED.replace("replicas: 2", "replicas: 3"))).isTrue();

    assertThat(fixture.helm.applied()).isEmpty();
    assertThat(part("gatehouse").message()).startsWith("there are no guard rails");
  }

  @Test
  void run_directoryIsNoLongerNamed_staysWhatItIs() throws InterruptedException {
    assertThat(run(2, APPLIED.replace(", deployed: {}", ""))).isTrue();

    assertThat(part("directory"))
        .returns("waiting", p -> p.state().word())
        .satisfies(p -> assertThat(p.message()).contains("gatehouse destroy"));
    assertThat(fixture.live.get(new ObjectKey("apps/v1", "StatefulSet", "gatehouse", "directory")))
        .isPresent();
  }

  @Test
  void run_fieldThatAHumanHasAdded_isLeftAlone() throws InterruptedException {
    fixture.live.merge(GATEWAY, Map.of("spec", Map.of("paused", true)));

    assertThat(run(1, APPLIED)).isTrue();

    assertThat(fixture.helm.applied()).isEmpty();
    assertThat(fixture.live.get(GATEWAY).orElseThrow().spec()).containsEntry("paused", true);
  }

  @Test
  void run_drift_isPutRight() throws InterruptedException {
    fixture.live.merge(GATEWAY, Map.of("spec", Map.of("replicas", 1)));

    assertThat(run(1, APPLIED)).isTrue();

    assertThat(fixture.live.get(GATEWAY).orElseThrow().spec()).containsEntry("replicas", 2);
  }

  @Test
  void run_killedInTheMiddleOfAnApply_theNextOneConverges() throws InterruptedException {
    var more = APPLIED.replace("replicas: 2", "replicas: 3");
    fixture.helm.failNext(new FakeHelm.Killed(), 1);
    Assertions.assertThatThrownBy(() -> run(2, more)).isInstanceOf(FakeHelm.Killed.class);
    assertThat(part("gatehouse")).returns("applying", p -> p.state().word());

    assertThat(run(2, more)).isTrue();

    assertThat(part("gatehouse")).returns("applied", p -> p.state().word());
    assertThat(fixture.plan(more).parts().getLast().isEmpty()).isTrue();
  }

  @Test
  void run_failure_isTold_andTriedAgain() throws InterruptedException {
    var more = APPLIED.replace("replicas: 2", "replicas: 3");
    fixture.helm.failNext(
        new FailureException(new Failure.Broken("helm-failed", "Helm failed: so")), 0);

    assertThat(run(2, more)).isFalse();
    assertThat(part("gatehouse"))
        .returns("failed", p -> p.state().word())
        .returns(Optional.of("helm-failed"), PartStatus::code)
        .returns("Helm failed: so", PartStatus::message);

    assertThat(run(2, more)).isTrue();
    assertThat(part("gatehouse")).returns("applied", p -> p.state().word());
  }

  @Test
  void run_aPersonApplies_waitsForThem() throws InterruptedException {
    var more = APPLIED.replace("replicas: 2", "replicas: 3");
    try (var _ = lease("ada@laptop").take(false, _ -> {})) {
      assertThat(run(2, more)).isFalse();
    }

    assertThat(part("gatehouse"))
        .returns("waiting", p -> p.state().word())
        .returns(Optional.of("apply-running"), PartStatus::code)
        .satisfies(p -> assertThat(p.message()).contains("ada@laptop"));
    assertThat(run(2, more)).isTrue();
  }

  @Test
  void run_immutableFieldOfWhatHoldsData_isRefused() throws InterruptedException {
    var more = APPLIED.replace("deployed: {}", "deployed: {storage: 20Gi}");

    assertThat(run(2, more)).isTrue();

    assertThat(part("directory"))
        .returns("refused", p -> p.state().word())
        .returns(Optional.of("immutable-with-data"), PartStatus::code);
  }

  @Test
  void run_sameState_keepsItsTime() throws InterruptedException {
    var since = part("gatehouse").since();
    fixture.pause(Duration.ofMinutes(10));

    run(1, APPLIED);

    assertThat(part("gatehouse").since()).isEqualTo(since);
  }

  // ---- pools ----

  private static final String POOLS =
      APPLIED
          + """
          pools:
            gpu: {max: 2, ceiling: 4, instanceTypes: [g5.xlarge]}
          """;

  private static final ObjectKey GPU =
      new ObjectKey("karpenter.sh/v1", "NodePool", "", "gatehouse-gpu");

  private void applyPools() throws InterruptedException {
    fixture.withKarpenter();
    fixture.apply(POOLS);
    assertThat(run(2, POOLS)).isTrue();
    assertThat(part("pool-gpu")).returns("applied", p -> p.state().word());
  }

  private Object max() {
    return fixture.live.get(GPU).orElseThrow().spec().get("limits");
  }

  @Test
  void run_poolThatGrowsWithinItsCeiling_isMadeSo() throws InterruptedException {
    applyPools();

    assertThat(run(3, POOLS.replace("max: 2", "max: 4"))).isTrue();

    assertThat(max()).isEqualTo(Map.of("nodes", "4"));
    assertThat(part("pool-gpu")).returns("applied", p -> p.state().word());
  }

  /**
   * Somebody has broken into a gateway, and writes a definition with a hundred of the dearest
   * machines, an image of their own, and a pool beside the site's.
   */
  @Test
  void run_poolsOfBrokenIntoGateway_wait_andNothingOfThemIsMade() throws InterruptedException {
    applyPools();
    var attack =
        APPLIED
            + """
            pools:
              gpu: {max: 100, ceiling: 100, instanceTypes: [p5.48xlarge], image: ami-evil}
              mine: {instanceTypes: [c7i.large]}
            """;

    assertThat(run(3, attack)).isTrue();

    assertThat(max()).isEqualTo(Map.of("nodes", "2"));
    assertThat(fixture.live.list("karpenter.sh/v1", "NodePool", "", "")).hasSize(1);
    assertThat(fixture.live.list("karpenter.k8s.aws/v1", "EC2NodeClass", "", "")).hasSize(1);
    assertThat(part("pool-gpu"))
        .returns("waiting", p -> p.state().word())
        .returns(
            "pools.gpu.image the usual → ami-evil waits for gatehouse apply by a person with"
                + " credentials; pools.gpu.instanceTypes [g5.xlarge] → [p5.48xlarge] waits for"
                + " gatehouse apply by a person with credentials; pools.gpu.max 4 → 100 waits for"
                + " gatehouse apply by a person with credentials",
            PartStatus::message);
    assertThat(part("pool-mine").message()).contains("pools.mine.max none → unbounded waits");
    assertThat(part("gatehouse")).returns("applied", p -> p.state().word());
  }

  @Test
  void run_poolIsNoLongerNamed_isTakenAway() throws InterruptedException {
    applyPools();

    assertThat(run(3, APPLIED)).isTrue();

    assertThat(fixture.live.get(GPU)).isEmpty();
    assertThat(run(3, APPLIED)).isTrue();
    assertThat(status().of("pool-gpu")).isEmpty();
  }

  /** The operator died as it made the pool, and then the definition lost it. */
  @Test
  void run_poolWhoseMakingDied_isTakenAwayToo() throws InterruptedException {
    fixture.withKarpenter();
    fixture.apply(APPLIED);
    new MadePools(fixture.live, "gatehouse").remember(new PoolName("gpu"), NodeEngine.KARPENTER);

    assertThat(run(2, APPLIED)).isTrue();

    assertThat(new MadePools(fixture.live, "gatehouse").all()).isEmpty();
  }

  /** Whatever the definition says of nodes that somebody else makes, nobody makes any. */
  @Test
  void run_newPoolWhereTheOperatorOnlyLooks_waitsForNobody() throws InterruptedException {
    assertThat(run(2, POOLS)).isTrue();

    assertThat(part("pool-gpu")).returns("applied", p -> p.state().word());
  }

  @Test
  void run_poolThatTheEngineRefuses_isRefused_andTheRestIsMadeSo() throws InterruptedException {
    applyPools();

    assertThat(run(3, POOLS.replace("max: 2", "nodes: 1, max: 2").replace("cas: 2", "cas: 3")))
        .isTrue();

    assertThat(part("pool-gpu"))
        .returns("refused", p -> p.state().word())
        .returns(Optional.of("pool-kind-fixed"), PartStatus::code);
    assertThat(fixture.live.get(GATEWAY).orElseThrow().spec()).containsEntry("replicas", 3);
  }

  private boolean run(long number, String text) throws InterruptedException {
    var report = new StatusReport(new StatusConfigMap(fixture.live, "gatehouse"), fixture);
    var revision =
        new Revision(number, text, fixture.instant(), new Author("bob", "ssh", Optional.empty()));
    return new Reconciliation(
            fixture.platform(),
            fixture.helm,
            fixture.live,
            lease("operator"),
            new TryAgain(fixture.client, "gatehouse", fixture),
            report,
            Path.of("k8s"),
            "gatehouse")
        .run(revision, () -> {});
  }

  private ApplyLease lease(String identity) {
    return new ApplyLease(fixture.client, "gatehouse", identity, fixture, fixture::pause);
  }

  private PlatformStatus status() {
    return new StatusConfigMap(fixture.live, "gatehouse").read().orElseThrow();
  }

  private PartStatus part(String name) {
    return status().of(name).orElseThrow();
  }

  private List<String> states() {
    return status().parts().stream().map(p -> p.part() + " " + p.state().word()).toList();
  }
}
