package dev.gatehouse.workspace.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.testkit.kubernetes.KubernetesCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An API server under load says 429, one that is changed by two says 409, and some are slow. */
class ApiRefusalsTest extends ClusterTests {
  @ParameterizedTest
  @ValueSource(ints = {409, 429, 500, 503})
  void start_answeredSoForAWhile_goesOn(int status) {
    var workspaces = cluster.workspaces();
    cluster.server().fail("(POST|PATCH) .*/(secrets|services|statefulsets)", status, 7);

    assertThat(await(workspaces.start(spec()).endpoint()).login()).isEqualTo("alice");
  }

  @Test
  void start_answersAreSlow_goesOn() {
    var workspaces = cluster.workspaces();
    cluster.server().delay("(POST|PATCH) ", Duration.ofMillis(500));

    assertThat(await(workspaces.start(spec()).endpoint()).login()).isEqualTo("alice");
  }

  @Test
  void start_forbidden_isBrokenAndLeavesNothing() {
    var workspaces = cluster.workspaces();
    cluster.server().fail("PATCH .*/statefulsets", 403, Integer.MAX_VALUE);

    assertThat(failureOf(workspaces.start(spec()).endpoint()))
        .isInstanceOf(Failure.Broken.class)
        .extracting(Failure::code)
        .isEqualTo("kubernetes-forbidden");
    assertThat(cluster.admin().secrets().inNamespace(KubernetesCluster.NAMESPACE).list().getItems())
        .isEmpty();
  }

  @Test
  void start_setOfAnotherVersion_isMadeAnewAndKeepsItsMarks() {
    var workspaces = cluster.workspaces();
    var before = await(workspaces.start(spec()).endpoint());
    await(workspaces.stop(ID));
    await(workspaces.keep(ID, Optional.of(Instant.parse("2030-01-01T00:00:00Z"))));
    var uid = uid();
    cluster
        .server()
        .fail(
            "PATCH .*/statefulsets",
            422,
            "StatefulSet.apps \"w\" is invalid: spec: Forbidden: updates to statefulset spec for"
                + " fields other than 'replicas', 'ordinals', 'template' are forbidden",
            1);

    var after = await(workspaces.start(spec()).endpoint());

    assertThat(uid()).isNotEqualTo(uid);
    assertThat(after.hostKey()).isEqualTo(before.hostKey());
    assertThat(workspaces.all().getFirst().keepUntil())
        .contains(Instant.parse("2030-01-01T00:00:00Z"));
  }

  @Test
  void start_setIsInvalid_isRefusedAndNotDeleted() {
    var workspaces = cluster.workspaces();
    await(workspaces.create(spec()));
    var uid = uid();
    // An apply; what else is told of a set may come late, of the test before.
    cluster
        .server()
        .fail("PATCH .*/statefulsets.*force=true", 422, "spec.template: Invalid value", 1);

    assertThat(failureOf(workspaces.start(spec()).endpoint()).code())
        .isEqualTo("kubernetes-refused");

    assertThat(uid()).isEqualTo(uid);
  }

  private String uid() {
    return cluster
        .admin()
        .apps()
        .statefulSets()
        .inNamespace(KubernetesCluster.NAMESPACE)
        .withName(NAME)
        .get()
        .getMetadata()
        .getUid();
  }
}
