package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.cluster.KubernetesSettings;
import dev.gatehouse.directory.Person;
import dev.gatehouse.workspace.HomeSnapshot;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.TypedLocalObjectReference;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * What copies a snapshot into a folder of the home: a Job, and the volume that it reads. In the
 * toolbox, {@code restore} does it.
 *
 * @param home its claim as it is
 */
record CopyJob(
    KubernetesSettings settings, Person owner, PersistentVolumeClaim home, HomeSnapshot snapshot) {
  /** Its pods' label; they have no workspace's. */
  private static final String COPY = "gatehouse.dev/copy";

  private static final String FROM = "snapshot";
  private static final String TO = "whole-home";
  private static final int HASH_CHARACTERS = 16;
  private static final int RETRIES = 3;
  private static final Duration LONGEST = Duration.ofHours(24);

  /** Until all who wait have seen its end. */
  private static final Duration KEPT = Duration.ofMinutes(1);

  static boolean isOfCopy(Pod pod) {
    return Annotations.label(pod, COPY).isPresent();
  }

  String folder() {
    return "restored-" + Snapshots.time(snapshot.taken());
  }

  private String name() {
    return "restore-"
        + DigestUtils.sha256Hex(snapshot.name().value()).substring(0, HASH_CHARACTERS);
  }

  private Map<String, String> labels() {
    return Map.of(
        Annotations.MANAGED_BY,
        Annotations.GATEHOUSE,
        Annotations.OWNER,
        ObjectName.of(owner.username()),
        COPY,
        name());
  }

  /** Returns the volume of the snapshot, which goes with the Job. */
  PersistentVolumeClaim volume(Job job) {
    var size = snapshot.size().map(Quantity::new).orElseGet(() -> HomeClaims.requested(home));
    return new PersistentVolumeClaimBuilder()
        .withNewMetadata()
        .withName(name())
        .withNamespace(settings.namespace())
        .withLabels(labels())
        .addNewOwnerReference()
        .withApiVersion("batch/v1")
        .withKind("Job")
        .withName(job.getMetadata().getName())
        .withUid(job.getMetadata().getUid())
        .endOwnerReference()
        .endMetadata()
        .withNewSpec()
        .withAccessModes(home.getSpec().getAccessModes())
        .withStorageClassName(home.getSpec().getStorageClassName())
        .withDataSource(
            new TypedLocalObjectReference(
                Snapshots.GROUP, Snapshots.KIND_NAME, snapshot.name().value()))
        .withNewResources()
        .addToRequests(HomeClaims.STORAGE, size)
        .endResources()
        .endSpec()
        .build();
  }

  /**
   * @param beside whether one of the person's workspaces runs: on its node the home is, whatever
   *     taints that has
   */
  Job job(boolean beside) {
    return new JobBuilder()
        .withNewMetadata()
        .withName(name())
        .withNamespace(settings.namespace())
        .withLabels(labels())
        .addToAnnotations(Annotations.PERSON, owner.username().value())
        .endMetadata()
        .withNewSpec()
        .withBackoffLimit(RETRIES)
        .withActiveDeadlineSeconds(LONGEST.toSeconds())
        .withTtlSecondsAfterFinished((int) KEPT.toSeconds())
        .withTemplate(template(beside).build())
        .endSpec()
        .build();
  }

  private PodTemplateSpecBuilder template(boolean beside) {
    var pod =
        new PodTemplateSpecBuilder()
            .withNewMetadata()
            .withLabels(labels())
            .addToAnnotations(Annotations.PERSON, owner.username().value())
            .endMetadata()
            .withNewSpec()
            .withRestartPolicy("OnFailure")
            .withAutomountServiceAccountToken(false)
            .withEnableServiceLinks(false)
            .withImagePullSecrets(
                settings.pullSecrets().stream().map(LocalObjectReference::new).toList())
            .withSecurityContext(PodTemplate.securityContext(owner, List.of()))
            .withAffinity(HomeClaims.isShared(home) ? null : PodTemplate.besideOwner(owner))
            .addNewVolume()
            .withName(FROM)
            .withNewPersistentVolumeClaim()
            .withClaimName(name())
            .endPersistentVolumeClaim()
            .endVolume()
            .addNewVolume()
            .withName(TO)
            .withNewPersistentVolumeClaim()
            .withClaimName(home.getMetadata().getName())
            .endPersistentVolumeClaim()
            .endVolume()
            .addNewContainer()
            .withName("restore")
            .withImage(settings.toolboxImage())
            .withImagePullPolicy("IfNotPresent")
            .withCommand("/toolbox/restore", "/snapshot", "/home-volume", folder())
            .withSecurityContext(PodTemplate.unprivileged())
            .addNewVolumeMount()
            .withName(FROM)
            .withMountPath("/snapshot")
            .withReadOnly(true)
            .endVolumeMount()
            .addNewVolumeMount()
            .withName(TO)
            .withMountPath("/home-volume")
            .endVolumeMount()
            .withNewResources()
            .addToRequests(Map.of("cpu", new Quantity("100m"), "memory", new Quantity("128Mi")))
            .addToLimits(Map.of("memory", new Quantity("128Mi")))
            .endResources()
            .endContainer()
            .endSpec();
    return beside
        ? pod.editSpec()
            .withTolerations(new TolerationBuilder().withOperator("Exists").build())
            .endSpec()
        : pod;
  }
}
