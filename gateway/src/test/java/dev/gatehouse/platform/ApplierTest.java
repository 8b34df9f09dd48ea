package dev.gatehouse.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.failure.FailureException;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ApplierTest {
  private static final String DEFINITION = "directory: {deployed: {}}\n";
  private final PlatformFixture fixture = new PlatformFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void check_rightsAreMissing_namesAllAtOnce_andNothingIsChanged() {
    fixture.server.deny("(create|delete) deployments.apps gatehouse");
    fixture.server.deny("create namespaces");

    assertThatThrownBy(() -> fixture.apply(DEFINITION))
        .satisfies(e -> assertThat(PlatformApplyTest.code(e)).isEqualTo("rights-missing"))
        .hasMessageContaining(
            "create namespaces in the whole cluster; create deployments.apps in namespace"
                + " gatehouse;");
    assertThat(fixture.helm.applied()).isEmpty();
    assertThat(fixture.plan(DEFINITION).parts()).noneMatch(PartPlan::isEmpty);
  }

  @Test
  void apply_leaseHeldByAnother_saysWhoAndSinceWhen() throws InterruptedException {
    fixture.apply(DEFINITION);
    try (var _ = lease("bob@desk").take(false, _ -> {})) {
      assertThatThrownBy(() -> fixture.apply(DEFINITION))
          .satisfies(e -> assertThat(PlatformApplyTest.code(e)).isEqualTo("apply-running"))
          .hasMessageContaining("bob@desk changes the platform since 2026-11-30T10:0")
          .hasMessageContaining("--wait");
    }
  }

  @Test
  void apply_leaseOfHolderThatDied_isTakenAfterHalfAMinute() throws InterruptedException {
    fixture.apply(DEFINITION);
    var time = fixture.instant().atZone(ZoneOffset.UTC);
    var _ =
        fixture
            .client
            .leases()
            .inNamespace("gatehouse")
            .withName("gatehouse-apply")
            .edit(
                lease ->
                    lease
                        .edit()
                        .editSpec()
                        .withHolderIdentity("bob@desk")
                        .withRenewTime(time)
                        .endSpec()
                        .build());
    fixture.pause(Duration.ofSeconds(31));

    assertThat(fixture.apply(DEFINITION).isEmpty()).isTrue();
  }

  @Test
  void apply_waiting_goesOnWhenTheOtherEnds() throws InterruptedException {
    fixture.apply(DEFINITION);
    var plan = fixture.plan(DEFINITION);
    var other = lease("bob@desk").take(false, _ -> {});
    var applier =
        new Applier(
            fixture.platform(),
            new Permissions(fixture.client),
            new ApplyLease(fixture.client, "gatehouse", "ada", fixture, _ -> other.close()),
            "gatehouse");

    applier.apply(plan, true, fixture.progress());

    assertThat(fixture.waited)
        .anyMatch(line -> line.startsWith("waits bob@desk changes the platform since"));
  }

  @Test
  void apply_platformHasChangedSinceThePlan_changesNothing() throws InterruptedException {
    fixture.apply(DEFINITION);
    var plan = fixture.plan(DEFINITION + "gateway: {replicas: 3}\n");
    fixture.apply(DEFINITION + "gateway: {replicas: 4}\n");
    var applied = fixture.helm.applied().size();

    assertThatThrownBy(() -> fixture.applier().apply(plan, false, fixture.progress()))
        .satisfies(e -> assertThat(PlatformApplyTest.code(e)).isEqualTo("plan-outdated"));
    assertThat(fixture.helm.applied()).hasSize(applied);
  }

  @Test
  void apply_leaseLostMeanwhile_stopsBeforeTheNextPart() throws InterruptedException {
    fixture.apply(DEFINITION);
    var plan = fixture.plan(DEFINITION + "gateway: {replicas: 3}\n");
    var applied = fixture.helm.applied().size();

    assertThatThrownBy(
            () ->
                fixture
                    .applier()
                    .apply(
                        plan,
                        false,
                        new Told(
                            name -> {
                              if (name.equals("definition")) {
                                fixture.pause(Duration.ofSeconds(31));
                              }
                            })))
        .isInstanceOf(FailureException.class)
        .satisfies(e -> assertThat(PlatformApplyTest.code(e)).isEqualTo("apply-overtaken"));
    assertThat(fixture.helm.applied()).hasSize(applied);
  }

  @Test
  void plan_tokenHasExpired_saysToLogInAnew() {
    fixture.server.fail("GET", 401, 1);

    assertThatThrownBy(() -> fixture.plan(DEFINITION))
        .satisfies(e -> assertThat(PlatformApplyTest.code(e)).isEqualTo("cluster-login-expired"));
  }

  @Test
  void plan_connectionIsLost_saysThatItMayPass() {
    fixture.server.down();

    assertThatThrownBy(() -> fixture.plan(DEFINITION))
        .satisfies(e -> assertThat(PlatformApplyTest.code(e)).isEqualTo("kubernetes-unavailable"));
  }

  @Test
  void plan_readOnlyCredentials_suffice() {
    fixture.plan(DEFINITION);

    assertThat(fixture.server.accesses())
        .isNotEmpty()
        .allSatisfy(a -> assertThat(a.verb()).isIn("get", "list", "watch"));
  }

  private ApplyLease lease(String identity) {
    return new ApplyLease(fixture.client, "gatehouse", identity, fixture, fixture::pause);
  }
}
