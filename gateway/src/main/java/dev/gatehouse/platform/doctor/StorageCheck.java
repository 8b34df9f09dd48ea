package dev.gatehouse.platform.doctor;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.doctor.Finding;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether homes get their storage, and a snapshot before they are deleted. */
final class StorageCheck extends Looking {
  private static final String DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";
  private static final String SNAPSHOTS = "snapshot.storage.k8s.io";

  private final KubernetesClient client;
  private final Supplier<ClusterDefinition> definition;

  StorageCheck(KubernetesClient client, Supplier<ClusterDefinition> definition) {
    this.client = client;
    this.definition = definition;
  }

  @Override
  public String subject() {
    return "Storage";
  }

  @Override
  List<Finding> look() {
    var classes = client.storage().v1().storageClasses().list().getItems();
    var findings = new ArrayList<Finding>();
    var ofHomes = ofHomes(classes, findings);
    ofHomes.ifPresent(used -> findings.addAll(binding(used)));
    findings.add(snapshots(ofHomes));
    return findings;
  }

  private Optional<StorageClass> ofHomes(List<StorageClass> classes, List<Finding> findings) {
    var wanted = definition.get().kubernetes().homes().storageClass();
    if (wanted.isPresent()) {
      var found =
          classes.stream().filter(c -> c.getMetadata().getName().equals(wanted.get())).findFirst();
      findings.add(
          found.isPresent()
              ? Finding.ok("the storage class of homes, %s, is there".formatted(wanted.get()))
              : Finding.problem(
                  "there is no storage class %s, which homes are to have".formatted(wanted.get()),
                  "correct kubernetes.homes.storageClass, or make the class; there is: "
                      + names(classes)));
      return found;
    }
    var defaults = classes.stream().filter(StorageCheck::isDefault).toList();
    findings.add(
        switch (defaults.size()) {
          case 0 ->
              Finding.problem(
                  "homes name no storage class and the cluster has no default",
                  "set kubernetes.homes.storageClass to one of: " + names(classes));
          case 1 ->
              Finding.ok(
                  "homes get the cluster's default storage class, "
                      + defaults.getFirst().getMetadata().getName());
          default ->
              Finding.warning(
                  "the cluster has %d default storage classes: %s"
                      .formatted(defaults.size(), names(defaults)),
                  "leave the mark on one, or set kubernetes.homes.storageClass");
        });
    return defaults.stream().findFirst();
  }

  private static List<Finding> binding(StorageClass used) {
    return "Immediate".equals(used.getVolumeBindingMode())
        ? List.of(
            Finding.warning(
                "%s makes volumes before it is known where the workspace runs"
                    .formatted(used.getMetadata().getName()),
                "take a class with volumeBindingMode WaitForFirstConsumer, unless all nodes are in"
                    + " one zone"))
        : List.of();
  }

  private Finding snapshots(Optional<StorageClass> ofHomes) {
    if (!client.hasApiGroup(SNAPSHOTS, false)) {
      return Finding.warning(
          "the cluster has no volume snapshots",
          "a home that is deleted is gone; install the CSI snapshot controller to keep a snapshot");
    }
    var classes =
        client
            .genericKubernetesResources(SNAPSHOTS + "/v1", "VolumeSnapshotClass")
            .list()
            .getItems();
    var wanted = definition.get().kubernetes().homes().snapshotClass();
    var fitting =
        classes.stream()
            .filter(c -> wanted.isEmpty() || wanted.get().equals(c.getMetadata().getName()))
            .filter(c -> ofHomes.isEmpty() || driver(c).equals(ofHomes.get().getProvisioner()))
            .findFirst();
    return fitting.isPresent()
        ? Finding.ok("homes can be kept as snapshots, by " + fitting.get().getMetadata().getName())
        : Finding.warning(
            wanted
                .map(w -> "no snapshot class %s fits the homes' storage".formatted(w))
                .orElse("no snapshot class fits the homes' storage"),
            "make a VolumeSnapshotClass with the driver of the homes' storage class");
  }

  private static String driver(GenericKubernetesResource snapshotClass) {
    return String.valueOf(snapshotClass.getAdditionalProperties().get("driver"));
  }

  private static boolean isDefault(StorageClass storageClass) {
    var annotations = storageClass.getMetadata().getAnnotations();
    return annotations != null && "true".equals(annotations.get(DEFAULT_CLASS));
  }

  private static String names(List<StorageClass> classes) {
    return classes.isEmpty()
        ? "none"
        : String.join(", ", classes.stream().map(c -> c.getMetadata().getName()).sorted().toList());
  }
}
