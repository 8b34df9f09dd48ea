package dev.gatehouse.workspace;

import dev.gatehouse.testkit.kubernetes.KubernetesCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Workspaces as pods keep what the port promises. */
class KubernetesWorkspacesIT extends WorkspacesContract {
  private KubernetesCluster cluster;
  private Workspaces workspaces;

  @BeforeEach
  void open() {
    cluster = KubernetesCluster.start();
    workspaces = cluster.workspaces();
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  @Override
  Workspaces workspaces() {
    return workspaces;
  }
}
