package dev.gatehouse.workspace;

import dev.gatehouse.testkit.kubernetes.KubernetesCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Workspaces as pods keep what the port promises. */
class KubernetesWorkspacesIT extends WorkspacesContract {
  private static KubernetesCluster cluster;
  private Workspaces workspaces;

  @BeforeAll
  static void start() {
    cluster = KubernetesCluster.start();
  }

  @AfterAll
  static void end() {
    cluster.close();
  }

  @BeforeEach
  void open() {
    workspaces = cluster.workspaces();
  }

  @AfterEach
  void clear() {
    cluster.clear();
  }

  @Override
  Workspaces workspaces() {
    return workspaces;
  }
}
