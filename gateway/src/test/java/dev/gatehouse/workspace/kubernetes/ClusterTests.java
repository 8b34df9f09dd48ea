package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.cluster.MachineType;
import dev.gatehouse.directory.Person;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import dev.gatehouse.name.WorkspaceName;
import dev.gatehouse.testkit.kubernetes.KubernetesCluster;
import dev.gatehouse.workspace.WorkspaceId;
import dev.gatehouse.workspace.WorkspaceSpec;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Tests that share a cluster; each finds it empty. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ClusterTests {
  static final Username ALICE = new Username("alice");
  static final WorkspaceId ID = new WorkspaceId(ALICE, WorkspaceName.MAIN);
  static final String NAME = ObjectName.of(ID);

  private static final int PATIENCE_SECONDS = 60;

  KubernetesCluster cluster;

  @BeforeAll
  void startCluster() {
    cluster = newCluster();
  }

  KubernetesCluster newCluster() {
    return KubernetesCluster.pretending();
  }

  @AfterEach
  void clearCluster() {
    cluster.clear();
  }

  @AfterAll
  void endCluster() {
    cluster.close();
  }

  static WorkspaceSpec spec() {
    return spec(KubernetesCluster.definition("").defaultType());
  }

  static WorkspaceSpec spec(String definition) {
    return spec(KubernetesCluster.definition(definition).defaultType());
  }

  private static WorkspaceSpec spec(MachineType type) {
    var alice =
        new Person(
            ALICE,
            10_001,
            10_001,
            "Alice",
            "/home/alice",
            "/bin/bash",
            Set.of(new GroupName("everyone")),
            List.of(),
            false);
    return new WorkspaceSpec(ID, alice, type);
  }

  static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  static Failure failureOf(CompletionStage<?> stage) {
    return Assertions.catchThrowableOfType(CompletionException.class, () -> await(stage)).getCause()
            instanceof FailureException e
        ? e.failure()
        : Assertions.fail("it failed in another way");
  }
}
