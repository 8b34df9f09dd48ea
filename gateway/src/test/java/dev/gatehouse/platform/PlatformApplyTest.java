package dev.gatehouse.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.platform.helm.FakeHelm;
import dev.gatehouse.platform.objects.Manifests;
import dev.gatehouse.platform.objects.ObjectKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PlatformApplyTest {
  private static final String DEFINITION = "directory: {deployed: {}}\ngateway: {replicas: 2}\n";
  private static final ObjectKey GATEWAY =
      new ObjectKey("apps/v1", "Deployment", "gatehouse", "gatehouse");

  private static final ObjectKey TLS = new ObjectKey("v1", "Secret", "gatehouse", "directory-tls");
  private static final ObjectKey DIRECTORY =
      new ObjectKey("apps/v1", "StatefulSet", "gatehouse", "directory");

  private final PlatformFixture fixture = new PlatformFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void apply_emptyCluster_thenAgain_changesNothingMore() throws InterruptedException {
    var first = fixture.apply(DEFINITION);

    assertThat(first.parts())
        .extracting(p -> p.part().name())
        .containsExactly(
            "namespace",
            "gatehouse-foundation",
            "directory-secrets",
            "definition",
            "directory",
            "gatehouse");
    assertThat(first.parts()).noneMatch(PartPlan::isEmpty);
    assertThat(fixture.waited).contains("done gatehouse");

    assertThat(fixture.plan(DEFINITION).parts()).allMatch(PartPlan::isEmpty);
    assertThat(fixture.apply(DEFINITION).isEmpty()).isTrue();
  }

  @Test
  void plan_changedDefinition_namesEachField() throws InterruptedException {
    fixture.apply(DEFINITION);

    var plan = fixture.plan(DEFINITION.replace("replicas: 2", "replicas: 3"));

    assertThat(changes(plan))
        .containsExactly(
            "~ ConfigMap gatehouse/gatehouse-definition [gateway.replicas 2 → 3]",
            "~ Deployment gatehouse/gatehouse [spec.replicas 2 → 3]");
  }

  @Test
  void plan_drift_isPutRight() throws InterruptedException {
    fixture.apply(DEFINITION);
    fixture.live.merge(GATEWAY, Map.of("spec", Map.of("replicas", 7, "paused", true)));

    assertThat(changes(fixture.plan(DEFINITION)))
        .containsExactly("~ Deployment gatehouse/gatehouse [spec.replicas 7 → 2]");
    fixture.apply(DEFINITION);

    var spec = fixture.live.get(GATEWAY).orElseThrow().spec();
    assertThat(spec).containsEntry("replicas", 2).containsEntry("paused", true);
  }

  @Test
  void apply_secretsOfAnotherTool_areLabelledAndNobodyRestarts() throws InterruptedException {
    fixture.apply(DEFINITION);
    var managedBy = new HashMap<String, Object>();
    managedBy.put("app.kubernetes.io/managed-by", null);
    fixture.live.merge(TLS, Map.of("metadata", Map.of("labels", managedBy)));

    fixture.apply(DEFINITION);

    assertThat(fixture.plan(DEFINITION).isEmpty()).isTrue();
    assertThat(fixture.live.get(DIRECTORY).orElseThrow().tree().toString())
        .doesNotContain("gatehouse.dev/restarted");
  }

  @Test
  void plan_objectDeletedByHand_isMadeAgain() throws InterruptedException {
    fixture.apply(DEFINITION);
    fixture.live.delete(GATEWAY);

    assertThat(changes(fixture.plan(DEFINITION)))
        .containsExactly("+ Deployment gatehouse/gatehouse []");
    fixture.apply(DEFINITION);
    assertThat(fixture.live.get(GATEWAY)).isPresent();
  }

  @Test
  void plan_objectNoLongerInChart_isDeleted_unlessKept() throws InterruptedException {
    fixture.extra.set(
        """
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: goes}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: stays, annotations: {helm.sh/resource-policy: keep}}
        """);
    fixture.apply(DEFINITION);
    fixture.extra.set("");

    assertThat(changes(fixture.plan(DEFINITION))).containsExactly("- ConfigMap gatehouse/goes []");
    fixture.apply(DEFINITION);
    assertThat(fixture.plan(DEFINITION).isEmpty()).isTrue();
  }

  @Test
  void apply_immutableField_replacesTheObject() throws InterruptedException {
    var priority =
        """
        ---
        apiVersion: scheduling.k8s.io/v1
        kind: PriorityClass
        metadata: {name: p}
        value: 100
        """;
    fixture.extra.set(priority);
    fixture.apply(DEFINITION);
    var key = new ObjectKey("scheduling.k8s.io/v1", "PriorityClass", "", "p");
    var before = fixture.live.get(key).orElseThrow().metadata().get("uid");
    fixture.extra.set(priority.replace("100", "200"));

    assertThat(changes(fixture.plan(DEFINITION)))
        .containsExactly("-/+ PriorityClass p [value 100 → 200]");
    fixture.apply(DEFINITION);

    var now = fixture.live.get(key).orElseThrow();
    assertThat(now.tree()).containsEntry("value", 200);
    assertThat(now.metadata().get("uid")).isNotEqualTo(before);
  }

  @Test
  void apply_immutableFieldOfWhatHoldsData_isRefused_andChangesNothing()
      throws InterruptedException {
    fixture.apply(DEFINITION);
    var applied = fixture.helm.applied().size();

    assertThatThrownBy(
            () -> fixture.apply("directory: {deployed: {storage: 20Gi}}\ngateway: {replicas: 3}\n"))
        .satisfies(e -> assertThat(code(e)).isEqualTo("immutable-with-data"));
    assertThat(fixture.helm.applied()).hasSize(applied);
  }

  @Test
  void apply_failureInTheMiddle_stopsThere_andTheNextOneEndsIt() throws InterruptedException {
    fixture.helm.failNext(
        new FailureException(new Failure.Unavailable("kubernetes-unavailable", "gone")), 1);

    assertThatThrownBy(() -> fixture.apply(DEFINITION)).hasMessageContaining("gone");
    assertThat(fixture.waited)
        .contains(
            "done namespace",
            "stops at gatehouse-foundation, not done: [gatehouse-foundation, directory-secrets,"
                + " definition, directory, gatehouse]");
    assertThat(fixture.plan(DEFINITION).parts().get(1).unfinished())
        .contains("its last apply failed");

    fixture.apply(DEFINITION);
    assertThat(fixture.plan(DEFINITION).isEmpty()).isTrue();
  }

  @Test
  void apply_killedInTheMiddle_theNextOneEndsIt() throws InterruptedException {
    fixture.apply(DEFINITION);
    fixture.helm.failNext(new FakeHelm.Killed(), 0);
    var more =
        DEFINITION.replace("replicas: 2", "replicas: 3") + "kubernetes: {quota: {pods: 9}}\n";

    assertThatThrownBy(() -> fixture.apply(more)).isInstanceOf(FakeHelm.Killed.class);
    assertThat(fixture.plan(more).parts().get(1).unfinished())
        .contains("its last apply did not end");

    fixture.apply(more);
    assertThat(fixture.plan(more).isEmpty()).isTrue();
  }

  @Test
  void apply_objectOfAnotherTool_isRefused_orTakenOver() throws InterruptedException {
    fixture.live.create(
        Manifests.read(
                """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: gatehouse-guard-rails}
                """,
                "gatehouse")
            .getFirst());

    assertThatThrownBy(() -> fixture.apply(DEFINITION))
        .satisfies(e -> assertThat(code(e)).isEqualTo("release-not-ours"))
        .hasMessageContaining("ConfigMap gatehouse/gatehouse-guard-rails is there already")
        .hasMessageContaining("--adopt");
    assertThat(fixture.live.get(new ObjectKey("v1", "Namespace", "", "gatehouse"))).isEmpty();

    var platform = fixture.platform(true);
    platform.apply(platform.plan(PlatformFixture.parts(DEFINITION)), fixture.progress(), () -> {});
    assertThat(fixture.plan(DEFINITION).isEmpty()).isTrue();
  }

  @Test
  void apply_objectOfAnotherRelease_isNeverTakenOver() {
    fixture.live.create(
        Manifests.read(
                """
                apiVersion: v1
                kind: Namespace
                metadata:
                  name: gatehouse
                  labels: {app.kubernetes.io/managed-by: Helm}
                  annotations:
                    {meta.helm.sh/release-name: other, meta.helm.sh/release-namespace: default}
                """,
                "")
            .getFirst());

    assertThat(fixture.platform(true).plan(PlatformFixture.parts(DEFINITION)).refusals())
        .extracting(Failure::message)
        .anyMatch(m -> m.contains("belongs to Helm's release default/other"));
  }

  @Test
  void plan_namespaceMadeByHand_isTakenOver() throws InterruptedException {
    fixture.live.create(
        Manifests.read("{apiVersion: v1, kind: Namespace, metadata: {name: gatehouse}}", "")
            .getFirst());

    fixture.apply(DEFINITION);

    assertThat(fixture.plan(DEFINITION).isEmpty()).isTrue();
  }

  @Test
  void apply_rolloutThatDoesNotEnd_saysWhatItWaitsFor() {
    fixture.areControllersWorking = false;

    assertThatThrownBy(() -> fixture.apply(DEFINITION))
        .satisfies(e -> assertThat(code(e)).isEqualTo("rollout-slow"))
        .hasMessageContaining("StatefulSet gatehouse/directory: 0 of 1 new, for 600 s now");
    assertThat(fixture.waited).contains("waits StatefulSet gatehouse/directory: 0 of 1 new");
  }

  @Test
  void apply_afterRolloutThatDidNotEnd_waitsForItAgain() throws InterruptedException {
    fixture.areControllersWorking = false;
    assertThatThrownBy(() -> fixture.apply(DEFINITION)).isInstanceOf(FailureException.class);
    fixture.areControllersWorking = true;
    fixture.waited.clear();

    fixture.apply(DEFINITION);

    assertThat(fixture.waited)
        .contains("waits StatefulSet gatehouse/directory: 0 of 1 new", "done gatehouse");
  }

  @Test
  void plan_consoleHasChangedTheDefinitionSince_saysWhoIsOverruled() throws InterruptedException {
    fixture.apply(DEFINITION);
    fixture.store.change(
        1,
        DEFINITION.replace("replicas: 2", "replicas: 4"),
        new dev.gatehouse.cluster.revisions.Author(
            "bob", "ssh from 192.0.2.7", java.util.Optional.empty()));

    assertThat(fixture.plan(DEFINITION).parts().get(3).changes().getFirst().note())
        .hasValueSatisfying(
            n -> assertThat(n).startsWith("replaces revision 2, by bob (ssh from 192.0.2.7) at "));
  }

  static List<String> changes(Plan plan) {
    return plan.parts().stream()
        .flatMap(p -> p.changes().stream())
        .map(PlatformApplyTest::line)
        .toList();
  }

  private static String line(ObjectChange change) {
    var sign =
        switch (change.action()) {
          case CREATE -> "+";
          case CHANGE -> "~";
          case REPLACE -> "-/+";
          case DELETE -> "-";
        };
    return "%s %s %s"
        .formatted(
            sign,
            change.object(),
            change.fields().stream()
                .map(
                    f ->
                        "%s %s → %s"
                            .formatted(f.path(), f.before().orElse(""), f.after().orElse("")))
                .toList());
  }

  static String code(Throwable e) {
    return ((FailureException) e).failure().code();
  }
}
