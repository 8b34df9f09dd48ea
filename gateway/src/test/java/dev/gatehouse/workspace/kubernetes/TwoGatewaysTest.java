package dev.gatehouse.workspace.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.kubernetes.KubernetesCluster;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import java.util.ArrayList;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Two gateways share a cluster, and one person may be at both. */
class TwoGatewaysTest extends ClusterTests {
  @Test
  void start_atBothAtOnce_isOneWorkspaceWithOneHostKey() {
    var first = cluster.workspaces();
    var second = cluster.workspaces();

    var one = first.start(spec()).endpoint();
    var other = second.start(spec()).endpoint();

    assertThat(await(one)).isEqualTo(await(other));
    assertThat(first.all()).hasSize(1);
    assertThat(cluster.admin().secrets().inNamespace(KubernetesCluster.NAMESPACE).list().getItems())
        .hasSize(1);
  }

  @Test
  void stop_atOne_endsTheStartAtTheOther() {
    var first = cluster.workspaces();
    var second = cluster.workspaces();
    cluster.node().hold();
    var start = first.start(spec());
    Poll.until("the other sees it", () -> !second.all().isEmpty());

    await(second.stop(ID));

    assertThat(failureOf(start.endpoint()))
        .isEqualTo(new Failure.Unavailable("workspace-stopped", "workspace main was stopped"));
    assertThat(second.all()).extracting(i -> i.state()).containsExactly(State.STOPPED);
  }

  @Test
  void stop_byAPerson_isKnownToTheOther() {
    var first = cluster.workspaces();
    var second = cluster.workspaces();
    await(first.start(spec()).endpoint());

    await(first.stop(ID));

    Poll.until(
        "the other knows that it is to stay stopped",
        () -> second.all().stream().anyMatch(i -> i.state() == State.STOPPED && i.held()));
  }

  @Test
  void start_fiftyAtOnce_askTheClusterOnce() {
    var workspaces = cluster.workspaces();
    var starts = new ArrayList<CompletionStage<?>>();

    for (var i = 0; i < 50; i++) {
      starts.add(workspaces.start(spec()).endpoint());
    }

    assertThat(starts.stream().map(ClusterTests::await).distinct()).hasSize(1);
    assertThat(cluster.server().accesses())
        .filteredOn(a -> a.resource().equals("statefulsets") && a.verb().equals("create"))
        .hasSize(1);
  }
}
