package dev.gatehouse.workspace.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.kubernetes.KubernetesCluster;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A node falls silent, and what ran on it does not answer either. */
class SilentNodeTest extends ClusterTests {
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
  private final InstantSource clock = () -> Instant.now().plus(ahead.get());

  /** Its programs may go on there: a login that cannot be let in must not end them. */
  @Test
  void start_nodeIsSilent_saysSoSoonAndLeavesTheWorkspaceAlone() {
    var workspaces =
        cluster.workspaces(
            KubernetesCluster.definition("workspaces: {startTimeout: 10m}"),
            KubernetesCluster.CA,
            clock);
    await(workspaces.start(spec()).endpoint());
    cluster.silenceNode();
    Poll.until("it is seen", () -> workspaces.running(ID).isEmpty());
    var step = new AtomicReference<>("");
    var start = workspaces.start(spec());
    start.onProgress(now -> step.set(now.what()));
    Poll.until(step::get, Poll.PATIENCE, () -> step.get().contains("which has not answered"));

    ahead.set(Duration.ofMinutes(1));

    assertThat(failureOf(start.endpoint())).extracting(Failure::code).isEqualTo("node-lost");
    assertThat(
            cluster
                .admin()
                .apps()
                .statefulSets()
                .inNamespace(KubernetesCluster.NAMESPACE)
                .withName(NAME)
                .get()
                .getSpec()
                .getReplicas())
        .isEqualTo(1);
    assertThat(workspaces.all()).extracting(i -> i.state()).containsExactly(State.STARTING);
  }
}
