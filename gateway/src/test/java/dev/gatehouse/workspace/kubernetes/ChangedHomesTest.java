package dev.gatehouse.workspace.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.name.WorkspaceName;
import dev.gatehouse.testkit.kubernetes.KubernetesCluster;
import dev.gatehouse.workspace.WorkspaceId;
import dev.gatehouse.workspace.WorkspaceSpec;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What is said of workspaces' pods and homes holds for the next start, without a restart. */
class ChangedHomesTest extends ClusterTests {
  private static final WorkspaceId SECOND = new WorkspaceId(ALICE, new WorkspaceName("second"));

  private final AtomicReference<ClusterDefinition> definition =
      new AtomicReference<>(homes("size: 20Gi"));

  private static ClusterDefinition homes(String homes) {
    return ClusterDefinitionFile.parse(
        "test", "kubernetes: {reach: direct, homes: {%s}}".formatted(homes));
  }

  private KubernetesWorkspaces workspaces() {
    return cluster.workspaces(definition::get, KubernetesCluster.CA, InstantSource.system());
  }

  @Test
  void toolboxImage_isChanged_isThatOfTheNextStart() {
    var workspaces = workspaces();
    definition.set(
        ClusterDefinitionFile.parse("test", "kubernetes: {reach: direct, toolboxImage: next:2}"));

    await(workspaces.start(spec()).endpoint());

    assertThat(pod(ID).getInitContainers().getFirst().getImage()).isEqualTo("next:2");
  }

  @Test
  void sizeAndStorageClass_areChanged_areThoseOfTheNextHome() {
    var workspaces = workspaces();
    definition.set(homes("size: 5Gi, storageClass: fast"));

    await(workspaces.create(spec()));

    var claim = claim();
    assertThat(claim.getResources().getRequests().get("storage")).hasToString("5Gi");
    assertThat(claim.getStorageClassName()).isEqualTo("fast");
  }

  /** The disk is still one of a single node: a pod elsewhere would never start. */
  @Test
  void shared_isSwitchedOnAfterTheHomeWasMade_keepsThePersonOnOneNode() {
    var workspaces = workspaces();
    await(workspaces.start(spec()).endpoint());
    definition.set(homes("shared: true"));

    await(workspaces.start(new WorkspaceSpec(SECOND, spec().owner(), spec().type())).endpoint());

    assertThat(claim().getAccessModes()).containsExactly("ReadWriteOnce");
    assertThat(pod(SECOND).getAffinity()).isNotNull();
  }

  @Test
  void snapshotClass_isChanged_isThatOfTheNextSnapshot() {
    cluster.controllers().makeSnapshots();
    var workspaces = workspaces();
    await(workspaces.create(spec()));
    definition.set(homes("snapshotClass: fast"));

    var name = await(workspaces.deleteHome(ALICE)).orElseThrow();

    var snapshot =
        cluster
            .admin()
            .genericKubernetesResources(Snapshots.KIND)
            .inNamespace(KubernetesCluster.NAMESPACE)
            .withName(name)
            .get();
    assertThat(snapshot.<String>get("spec", "volumeSnapshotClassName")).isEqualTo("fast");
  }

  private PodSpec pod(WorkspaceId id) {
    return cluster
        .admin()
        .apps()
        .statefulSets()
        .inNamespace(KubernetesCluster.NAMESPACE)
        .withName(ObjectName.of(id))
        .get()
        .getSpec()
        .getTemplate()
        .getSpec();
  }

  private PersistentVolumeClaimSpec claim() {
    return cluster
        .admin()
        .persistentVolumeClaims()
        .inNamespace(KubernetesCluster.NAMESPACE)
        .withName(ObjectName.home(ALICE))
        .get()
        .getSpec();
  }
}
