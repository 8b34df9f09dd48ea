package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.cluster.KubernetesSettings;
import dev.gatehouse.key.KeyFile;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.workspace.WorkspaceId;
import dev.gatehouse.workspace.WorkspaceSpec;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** What a workspace is made of, besides its pod: see {@link PodTemplate}. */
record Manifests(KubernetesSettings settings, SshPublicKey userCa) {
  static final String HOST_KEY = "ssh_host_ed25519_key";
  static final String HOST_KEY_PUB = "ssh_host_ed25519_key.pub";
  static final String MANY_NODES = "ReadWriteMany";

  static final String USER_CA = "user_ca.pub";

  /** Made once: the key is the workspace's for as long as it exists. */
  Secret identity(WorkspaceSpec spec, KeyPair hostKey) {
    return new SecretBuilder()
        .withMetadata(metadata(spec))
        .withType("Opaque")
        .addToData(HOST_KEY, base64(KeyFile.content(hostKey)))
        .addToData(HOST_KEY_PUB, line(KeyFile.publicKey(hostKey)))
        .addToData(USER_CA, line(userCa))
        .build();
  }

  /** The part of the Secret that follows the gateway. */
  Map<String, String> trust() {
    return Map.of(USER_CA, line(userCa));
  }

  /** Gives the pod its name in DNS; a StatefulSet wants one. */
  Service service(WorkspaceSpec spec) {
    return new ServiceBuilder()
        .withMetadata(metadata(spec))
        .withNewSpec()
        .withClusterIP("None")
        .addToSelector(Annotations.WORKSPACE, ObjectName.of(spec.id()))
        .addNewPort()
        .withName(PodTemplate.PORT_NAME)
        .withPort(PodTemplate.PORT)
        .withNewTargetPort(PodTemplate.PORT_NAME)
        .endPort()
        .endSpec()
        .build();
  }

  /** Belongs to the person and not to a workspace. */
  PersistentVolumeClaim home(WorkspaceSpec spec) {
    return home(settings, spec);
  }

  static PersistentVolumeClaim home(KubernetesSettings settings, WorkspaceSpec spec) {
    var homes = settings.homes();
    var owner = spec.id().owner();
    return new PersistentVolumeClaimBuilder()
        .withNewMetadata()
        .withName(ObjectName.home(owner))
        .withNamespace(settings.namespace())
        .addToLabels(Annotations.MANAGED_BY, Annotations.GATEHOUSE)
        .addToLabels(Annotations.OWNER, ObjectName.of(owner))
        .addToAnnotations(Annotations.PERSON, owner.value())
        .endMetadata()
        .withNewSpec()
        .withAccessModes(homes.shared() ? MANY_NODES : "ReadWriteOnce")
        .withStorageClassName(homes.storageClass().orElse(null))
        .withNewResources()
        .addToRequests("storage", new Quantity(homes.size().text()))
        .endResources()
        .endSpec()
        .build();
  }

  /**
   * The workspace itself.
   *
   * @param claim that of the home as it is: the definition may have changed since it was made
   * @param home how its container sees the home
   * @param prepared what an earlier start has shown
   * @param replicas 1 has it run, 0 does not
   * @param marks annotations beside those that say whose it is
   */
  StatefulSet set(
      WorkspaceSpec spec,
      PersistentVolumeClaim claim,
      HomeMount home,
      Prepared prepared,
      int replicas,
      Map<String, String> marks) {
    var name = ObjectName.of(spec.id());
    return new StatefulSetBuilder()
        .withMetadata(metadata(spec))
        .editMetadata()
        .addToAnnotations(marks)
        .endMetadata()
        .withNewSpec()
        .withReplicas(replicas)
        .withServiceName(name)
        .withPodManagementPolicy("Parallel")
        // A running workspace is never replaced for a change of the definition: its next start is.
        .withNewUpdateStrategy()
        .withType("OnDelete")
        .endUpdateStrategy()
        .withRevisionHistoryLimit(1)
        .withNewSelector()
        .addToMatchLabels(Annotations.WORKSPACE, name)
        .endSelector()
        .withTemplate(new PodTemplate(settings, spec, home, claim, prepared).build())
        .endSpec()
        .build();
  }

  private ObjectMeta metadata(WorkspaceSpec spec) {
    return new ObjectMetaBuilder()
        .withName(ObjectName.of(spec.id()))
        .withNamespace(settings.namespace())
        .withLabels(labels(spec))
        .addToAnnotations(Annotations.PERSON, spec.id().owner().value())
        .addToAnnotations(Annotations.NAME, spec.id().name().value())
        .addToAnnotations(Annotations.DEFINITION, Revision.of(spec.type()))
        .build();
  }

  static Map<String, String> labels(WorkspaceSpec spec) {
    var labels = new HashMap<>(labels(spec.id()));
    labels.put(Annotations.MACHINE_TYPE, spec.type().name().value());
    return labels;
  }

  private static Map<String, String> labels(WorkspaceId id) {
    return Map.of(
        Annotations.MANAGED_BY, Annotations.GATEHOUSE,
        Annotations.WORKSPACE, ObjectName.of(id),
        Annotations.OWNER, ObjectName.of(id.owner()));
  }

  private static String line(SshPublicKey key) {
    return base64((key.line() + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
