package dev.gatehouse.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Who takes the comment signs away has values that the chart takes, and objects that are right. */
final class ValuesExamplesIT {
  @Test
  void render_storageClassesOfTheComments_areWhole() {
    assertThat(ValuesExamples.storageClasses())
        .hasSize(3)
        .allSatisfy(
            example -> {
              var manifests = Chart.FOUNDATION.render("storageClasses:\n" + example);
              var storageClass = manifests.only("StorageClass", c -> true);
              assertThat(StrictModel.unknown(storageClass)).isEmpty();
              assertThat(storageClass.path("parameters").properties()).hasSizeGreaterThan(1);
              // A number or a boolean is refused by the API server.
              assertThat(storageClass.path("parameters").valueStream())
                  .allMatch(value -> value.isString());
            });
  }

  /**
   * They outlive their claims in any case; with Retain the storage would keep what people delete.
   */
  @Test
  void render_snapshotsOfEbs_goWhenTheyAreDeleted() {
    var manifests =
        Chart.FOUNDATION.render("storageClasses:\n" + ValuesExamples.storageClasses().getFirst());
    var snapshots = manifests.named("VolumeSnapshotClass", "", "gatehouse-homes");
    assertThat(snapshots.path("driver").asString()).isEqualTo("ebs.csi.aws.com");
    assertThat(snapshots.path("deletionPolicy").asString()).isEqualTo("Delete");
  }

  @Test
  void render_networksOfTheComments_areTaken() {
    var allow = String.join(", ", ValuesExamples.allowed());
    var manifests = Chart.FOUNDATION.render("network: {allow: [%s]}".formatted(allow));
    assertThat(manifests.all("NetworkPolicy").map(Manifests::name))
        .contains("allow-database", "allow-node-local-dns");
  }
}
