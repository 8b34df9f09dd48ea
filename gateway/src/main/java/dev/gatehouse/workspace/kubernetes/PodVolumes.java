package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.cluster.Hardware;
import dev.gatehouse.workspace.WorkspaceSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;

/** The volumes of a workspace's pod, and how its containers see them. */
record PodVolumes(WorkspaceSpec spec) {
  /** What the toolbox brings, and what is written at the start. */
  static final String GATE = "gate";

  static final String IDENTITY = "identity";
  static final String PEOPLE_VOLUME = "people";
  static final String HOME = HomeMount.VOLUME_NAME;

  /** Readable by the person's group, which is fsGroup, and by nobody else. */
  private static final int GROUP_READS = 0440;

  List<Volume> all() {
    var volumes = new ArrayList<Volume>();
    volumes.add(new VolumeBuilder().withName(GATE).withNewEmptyDir().endEmptyDir().build());
    volumes.add(
        new VolumeBuilder()
            .withName(IDENTITY)
            .withNewSecret()
            .withSecretName(ObjectName.of(spec.id()))
            .withDefaultMode(GROUP_READS)
            .endSecret()
            .build());
    volumes.add(
        new VolumeBuilder()
            .withName(PEOPLE_VOLUME)
            .withNewConfigMap()
            .withName(PodTemplate.PEOPLE)
            .endConfigMap()
            .build());
    volumes.add(
        new VolumeBuilder()
            .withName(HOME)
            .withNewPersistentVolumeClaim()
            .withClaimName(ObjectName.home(spec.id().owner()))
            .endPersistentVolumeClaim()
            .build());
    spec.type().hardware().volumes().forEach(v -> volumes.add(volume(v)));
    return volumes;
  }

  /** Cannot be one of ours, whatever the definition calls it. */
  static String extra(Hardware.Volume volume) {
    return "x-" + volume.name();
  }

  private static Volume volume(Hardware.Volume wanted) {
    var volume = new VolumeBuilder().withName(extra(wanted));
    return wanted.claim().isPresent()
        ? volume
            .withNewPersistentVolumeClaim()
            .withClaimName(wanted.claim().get())
            .withReadOnly(wanted.readOnly())
            .endPersistentVolumeClaim()
            .build()
        : volume
            .withNewEmptyDir()
            .withSizeLimit(new Quantity(wanted.scratch().orElseThrow().text()))
            .endEmptyDir()
            .build();
  }

  static VolumeMount mount(Hardware.Volume volume) {
    return new VolumeMountBuilder()
        .withName(extra(volume))
        .withMountPath(volume.path())
        .withSubPath(volume.folder().orElse(null))
        .withReadOnly(volume.readOnly() ? Boolean.TRUE : null)
        .build();
  }

  static VolumeMount mount(String volume, String path) {
    return new VolumeMountBuilder().withName(volume).withMountPath(path).build();
  }

  static VolumeMount readOnly(String volume, String path) {
    return new VolumeMountBuilder().withName(volume).withMountPath(path).withReadOnly(true).build();
  }

  static VolumeMount file(String file, String path) {
    return new VolumeMountBuilder()
        .withName(GATE)
        .withSubPath(file)
        .withMountPath(path)
        .withReadOnly(true)
        .build();
  }
}
