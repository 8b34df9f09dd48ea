package dev.gatehouse.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.platform.values.FoundationValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the section {@code storage} of a definition becomes in the cluster. */
final class StorageChartIT {
  private static final String WORKSPACES = "gatehouse-workspaces";
  private static final String DEFINITION =
      """
      storage:
        projects: {storageClass: gatehouse-shared, size: 500Gi, gid: 5000}
        datasets: {efs: {fileSystem: fs-0123456789abcdef0, uid: 5000, gid: 1000000, mode: '2770'}}
        lake: {bucket: {name: example-lake, prefix: raw/, region: eu-central-1}}
        drop: {bucket: {name: example-drop, region: eu-west-1, readOnly: false, gid: 1000000}}
      """;
  private static final Manifests MANIFESTS = render(DEFINITION);

  private static Manifests render(String definition) {
    var values = FoundationValues.of(ClusterDefinitionFile.parse("test", definition));
    return Chart.FOUNDATION.render(JsonMapper.shared().writeValueAsString(values));
  }

  private static JsonNode claim(String name) {
    return MANIFESTS.named("PersistentVolumeClaim", WORKSPACES, "storage-" + name).path("spec");
  }

  private static JsonNode volume(String name) {
    return MANIFESTS.named("PersistentVolume", "", WORKSPACES + "-storage-" + name).path("spec");
  }

  @Test
  void render_sharedFolder_isAClaimOfItsClass() {
    assertThat(claim("projects").path("storageClassName").asString()).isEqualTo("gatehouse-shared");
    assertThat(claim("projects").at("/resources/requests/storage").asString()).isEqualTo("500Gi");
    assertThat(Manifests.texts(claim("projects").path("accessModes")))
        .containsExactly("ReadWriteMany");
  }

  /** Numbers are texts there, and a million is not 1e+06. */
  @Test
  void render_accessPoint_hasAClassOfItsOwn() {
    var name = claim("datasets").path("storageClassName").asString();
    var made = MANIFESTS.named("StorageClass", "", name);
    assertThat(made.path("provisioner").asString()).isEqualTo("efs.csi.aws.com");
    assertThat(made.path("reclaimPolicy").asString()).isEqualTo("Retain");
    var parameters = made.path("parameters");
    assertThat(parameters.path("fileSystemId").asString()).isEqualTo("fs-0123456789abcdef0");
    assertThat(parameters.path("uid").asString()).isEqualTo("5000");
    assertThat(parameters.path("gid").asString()).isEqualTo("1000000");
    assertThat(parameters.path("directoryPerms").asString()).isEqualTo("2770");
    assertThat(parameters.path("ensureUniqueDirectory").asString()).isEqualTo("false");
  }

  @Test
  void render_bucketToRead_isReadOnlyForEverybody() {
    assertThat(claim("lake").path("storageClassName").asString("none")).isEmpty();
    assertThat(claim("lake").path("volumeName").asString()).isEqualTo(WORKSPACES + "-storage-lake");
    assertThat(volume("lake").at("/csi/driver").asString()).isEqualTo("s3.csi.aws.com");
    assertThat(volume("lake").at("/csi/volumeAttributes/bucketName").asString())
        .isEqualTo("example-lake");
    assertThat(Manifests.texts(volume("lake").path("mountOptions")))
        .containsExactly(
            "allow-other",
            "region eu-central-1",
            "prefix raw/",
            "read-only",
            "file-mode=0444",
            "dir-mode=0555");
    assertThat(volume("lake").at("/claimRef/name").asString()).isEqualTo("storage-lake");
  }

  @Test
  void render_bucketToWrite_isItsGroups() {
    assertThat(Manifests.texts(volume("drop").path("mountOptions")))
        .containsExactly(
            "allow-other",
            "region eu-west-1",
            "allow-delete",
            "gid=1000000",
            "file-mode=0664",
            "dir-mode=0775");
  }

  /**
   * The stack of the account ties its role to the ServiceAccount, which needs no annotation then.
   */
  @Test
  void render_roleThatThePlatformMakes_isByItsServiceAccountAlone() {
    var account =
        render(
                "cloud: {aws: {region: eu-central-1, cluster: lab, roles: {workspaces: {standard:"
                    + " {read: [abc]}}}}}")
            .named("ServiceAccount", WORKSPACES, "workspace-standard");
    assertThat(account.at("/metadata").has("annotations")).isFalse();
  }

  /** Helm leaves it there, and Kubernetes deletes nothing of what it leads to. */
  @ParameterizedTest
  @ValueSource(strings = {"PersistentVolumeClaim", "PersistentVolume"})
  void render_whateverHoldsData_staysWhenTheDefinitionGoes(String kind) {
    assertThat(MANIFESTS.all(kind))
        .isNotEmpty()
        .allSatisfy(
            object ->
                assertThat(object.at("/metadata/annotations/helm.sh~1resource-policy").asString())
                    .isEqualTo("keep"));
    assertThat(MANIFESTS.all("PersistentVolume"))
        .allSatisfy(
            volume ->
                assertThat(volume.at("/spec/persistentVolumeReclaimPolicy").asString())
                    .isEqualTo("Retain"));
  }

  /** Who may make volumes of the cluster can mount a folder of a node. */
  @Test
  void rights_ofOperatorAndGateway_areNotOverVolumesOfTheCluster() {
    for (var kind : new String[] {"Role", "ClusterRole"}) {
      assertThat(MANIFESTS.all(kind).flatMap(role -> role.path("rules").valueStream()))
          .isNotEmpty()
          .noneMatch(
              rule ->
                  Manifests.texts(rule.path("resources")).contains("persistentvolumes")
                      || Manifests.texts(rule.path("resources")).contains("*"));
    }
  }
}
