package dev.gatehouse.testkit.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;

/**
 * A volume of a pod that cannot be had, because the object that it comes from is not there: the
 * scheduler says so of a claim, the kubelet of anything else.
 */
record MissingVolume(boolean isClaim, String message) {
  /** The first of them; claims first, since no kubelet sees a pod that no node takes. */
  static Optional<MissingVolume> of(KubernetesClient client, Pod pod) {
    var volumes = pod.getSpec().getVolumes();
    return volumes.stream()
        .flatMap(volume -> claim(client, pod, volume).stream())
        .findFirst()
        .or(
            () ->
                volumes.stream()
                    .flatMap(volume -> mounted(client, pod, volume).stream())
                    .findFirst());
  }

  private static Optional<MissingVolume> claim(KubernetesClient client, Pod pod, Volume volume) {
    if (volume.getPersistentVolumeClaim() == null) {
      return Optional.empty();
    }
    var name = volume.getPersistentVolumeClaim().getClaimName();
    var claims = client.persistentVolumeClaims().inNamespace(pod.getMetadata().getNamespace());
    return claims.withName(name).get() != null
        ? Optional.empty()
        : Optional.of(
            new MissingVolume(
                true,
                "0/1 nodes are available: persistentvolumeclaim \"%s\" not found. preemption: 0/1"
                        .formatted(name)
                    + " nodes are available: 1 Preemption is not helpful for scheduling."));
  }

  private static Optional<MissingVolume> mounted(KubernetesClient client, Pod pod, Volume volume) {
    var namespace = pod.getMetadata().getNamespace();
    if (volume.getSecret() != null) {
      var name = volume.getSecret().getSecretName();
      return client.secrets().inNamespace(namespace).withName(name).get() != null
          ? Optional.empty()
          : notMounted(volume, "secret", name);
    }
    if (volume.getConfigMap() != null) {
      var name = volume.getConfigMap().getName();
      return client.configMaps().inNamespace(namespace).withName(name).get() != null
          ? Optional.empty()
          : notMounted(volume, "configmap", name);
    }
    return Optional.empty();
  }

  private static Optional<MissingVolume> notMounted(Volume volume, String kind, String name) {
    return Optional.of(
        new MissingVolume(
            false,
            "MountVolume.SetUp failed for volume \"%s\" : %s \"%s\" not found"
                .formatted(volume.getName(), kind, name)));
  }

  /** As the scheduler or the kubelet does. */
  void tell(KubernetesClient client, Pod pod) {
    if (isClaim) {
      client
          .pods()
          .resource(pod)
          .editStatus(
              p ->
                  p.edit()
                      .withStatus(
                          new PodStatusBuilder()
                              .withPhase("Pending")
                              .addNewCondition()
                              .withType("PodScheduled")
                              .withStatus("False")
                              .withReason("Unschedulable")
                              .withMessage(message)
                              .endCondition()
                              .build())
                      .build());
    } else {
      Controllers.record(client, pod, "Pod", "FailedMount", message, "Warning");
    }
  }
}
