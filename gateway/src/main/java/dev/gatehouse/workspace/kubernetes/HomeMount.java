package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.workspace.WorkspaceId;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.stream.Stream;

/** What a workspace sees of the volume with the person's home. */
enum HomeMount {
  /**
   * A folder that the toolbox's {@code home} makes in the volume: the person's own, which the root
   * of a volume is not on most storage.
   */
  FOLDER,

  /**
   * All of it, as gateways of before had it. The files in the root of a volume are moved into the
   * folder by the first start that mounts that, and must not be under a workspace that still runs.
   */
  WHOLE_VOLUME;

  /** In the pod. */
  static final String VOLUME_NAME = "home";

  /** As the toolbox's {@code home} calls it. */
  static final String FOLDER_NAME = ".gatehouse-home";

  /** How a workspace is to be started now: as those of the same person that run. */
  static HomeMount beside(WorkspaceId id, Cluster cluster) {
    var own = ObjectName.of(id);
    var pods =
        cluster.podsOf(id.owner()).stream()
            // The next one of the same name waits for its end.
            .filter(pod -> !own.equals(Annotations.label(pod, Annotations.WORKSPACE).orElse("")))
            .map(pod -> pod.getSpec());
    var sets =
        cluster.setsOf(id.owner()).stream()
            .filter(set -> !own.equals(set.getMetadata().getName()) && View.wantsToRun(set))
            .map(set -> set.getSpec().getTemplate().getSpec());
    return Stream.concat(pods, sets).anyMatch(HomeMount::isWholeVolume) ? WHOLE_VOLUME : FOLDER;
  }

  VolumeMount at(String path) {
    var mount = new VolumeMountBuilder().withName(VOLUME_NAME).withMountPath(path);
    return switch (this) {
      case FOLDER -> mount.withSubPath(FOLDER_NAME).build();
      case WHOLE_VOLUME -> mount.build();
    };
  }

  private static boolean isWholeVolume(PodSpec pod) {
    return pod.getContainers().stream()
        .flatMap(container -> container.getVolumeMounts().stream())
        .anyMatch(
            mount ->
                mount.getName().equals(VOLUME_NAME) && !FOLDER_NAME.equals(mount.getSubPath()));
  }
}
