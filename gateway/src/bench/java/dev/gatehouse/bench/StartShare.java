package dev.gatehouse.bench;

import dev.gatehouse.directory.Person;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import dev.gatehouse.name.WorkspaceName;
import dev.gatehouse.testkit.kubernetes.KubernetesCluster;
import dev.gatehouse.workspace.WorkspaceId;
import dev.gatehouse.workspace.WorkspaceSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What the gateway adds to the start of a workspace: the time from the request to the endpoint on a
 * cluster whose kubelet says at once that a pod is ready.
 */
final class StartShare implements Part {
  private static final int WARM_UP = 10;
  private static final int STARTS = 40;

  @Override
  public String name() {
    return "start of a workspace, the gateway's own share";
  }

  @Override
  public Outcome measure() {
    var millis = new double[STARTS];
    try (var cluster = KubernetesCluster.pretending()) {
      var workspaces = cluster.workspaces();
      for (var i = -WARM_UP; i < STARTS; i++) {
        var spec = spec("w" + (i + WARM_UP));
        var began = System.nanoTime();
        var _ = workspaces.start(spec).endpoint().toCompletableFuture().join();
        if (i >= 0) {
          millis[i] = (System.nanoTime() - began) / 1e6;
        }
      }
    }
    Arrays.sort(millis);
    var remark =
        "%s, the mock API server's and its controllers' included: median %.0f ms, best %.0f ms."
            .formatted(name(), millis[STARTS / 2], millis[0]);
    return new Outcome(List.of(), List.of(remark));
  }

  private static WorkspaceSpec spec(String name) {
    var alice =
        new Person(
            new Username("alice"),
            10_001,
            10_001,
            "Alice",
            "/home/alice",
            "/bin/bash",
            Set.of(new GroupName("everyone")),
            List.of(),
            false);
    return new WorkspaceSpec(
        new WorkspaceId(alice.username(), new WorkspaceName(name)),
        alice,
        KubernetesCluster.definition("").defaultType());
  }
}
