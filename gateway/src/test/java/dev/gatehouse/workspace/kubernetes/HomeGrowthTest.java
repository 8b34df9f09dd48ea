package dev.gatehouse.workspace.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.testkit.kubernetes.KubernetesCluster;
import dev.gatehouse.workspace.HomeInfo;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A larger size in the definition lets homes grow; what keeps them from it is said. */
final class HomeGrowthTest extends ClusterTests {
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private final AtomicReference<ClusterDefinition> definition =
      new AtomicReference<>(homes("20Gi"));
  private KubernetesWorkspaces workspaces;
  private HomeUpkeep upkeep;

  private static ClusterDefinition homes(String size) {
    return ClusterDefinitionFile.parse(
        "test", "kubernetes: {reach: direct, homes: {size: %s}}".formatted(size));
  }

  @BeforeEach
  void home() {
    now.set(Instant.now());
    definition.set(homes("20Gi"));
    workspaces = cluster.workspaces(definition::get, KubernetesCluster.CA, now::get);
    upkeep = workspaces.upkeep(() -> Optional.of(Instant.EPOCH));
    await(workspaces.create(spec()));
    upkeep.round();
  }

  private Optional<String> growth() {
    return workspaces.home(ALICE).flatMap(HomeInfo::growth);
  }

  private String size() {
    return workspaces.home(ALICE).orElseThrow().size();
  }

  @Test
  void round_sizeIsLarger_homeGrows() {
    definition.set(homes("40Gi"));
    assertThat(growth()).contains("grows to 40Gi soon");
    upkeep.round();
    assertThat(size()).isEqualTo("40Gi");
    assertThat(growth()).isEmpty();
  }

  @Test
  void round_sizeIsSmaller_homeStaysAndSaysSo() {
    definition.set(homes("10Gi"));
    upkeep.round();
    assertThat(size()).isEqualTo("20Gi");
    assertThat(growth()).contains("is larger than the definition says, 10Gi; homes do not shrink");
  }

  @Test
  void round_classDoesNotAllowIt_saysSoAndTriesAgain() {
    definition.set(homes("40Gi"));
    cluster
        .server()
        .fail(
            "PATCH .*/persistentvolumeclaims/",
            403,
            "persistentvolumeclaims is forbidden: only dynamically provisioned pvc can be resized"
                + " and the storageclass that provisions the pvc must support resize",
            1);
    upkeep.round();
    assertThat(growth())
        .contains(
            "does not grow to 40Gi: its storage class does not let volumes grow"
                + " (allowVolumeExpansion)");
    upkeep.round();
    assertThat(size()).isEqualTo("20Gi");
    now.set(now.get().plus(Duration.ofHours(1)));
    upkeep.round();
    assertThat(size()).isEqualTo("40Gi");
    assertThat(growth()).isEmpty();
  }

  @Test
  void round_quotaIsUsedUp_saysSo() {
    definition.set(homes("40Gi"));
    cluster
        .server()
        .fail(
            "PATCH .*/persistentvolumeclaims/",
            403,
            "persistentvolumeclaims is forbidden: exceeded quota: workspaces, requested:"
                + " requests.storage=20Gi",
            1);
    upkeep.round();
    assertThat(growth())
        .contains("does not grow to 40Gi: kubernetes.quota.storage has no room for it");
  }

  @Test
  void show_storageIsBusyGrowing_saysWhatItWaitsFor() {
    cluster
        .admin()
        .persistentVolumeClaims()
        .inNamespace(KubernetesCluster.NAMESPACE)
        .withName(ObjectName.home(ALICE))
        .editStatus(
            claim ->
                claim
                    .edit()
                    .editOrNewStatus()
                    .addToCapacity("storage", new Quantity("10Gi"))
                    .addNewCondition()
                    .withType("FileSystemResizePending")
                    .withStatus("True")
                    .endCondition()
                    .endStatus()
                    .build());
    assertThat(growth()).contains("grows to 20Gi when a workspace starts next");
  }
}
