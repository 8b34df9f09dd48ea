package dev.gatehouse.workspace.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.directory.Person;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.name.Username;
import dev.gatehouse.name.WorkspaceName;
import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Resources;
import dev.gatehouse.testkit.kubernetes.KubernetesCluster;
import dev.gatehouse.workspace.WorkspaceId;
import dev.gatehouse.workspace.WorkspaceSpec;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is sent to the API server for a workspace. */
class ManifestsTest {
  private static final SshPublicKey CA =
      SshPublicKey.parse(
          "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGPKSUTyz1HwHReFVvD5obVsALAgJRNarH4TRpNePnAS");
  private static final String GOLDEN = "kubernetes/workspace.yaml";

  private static final String PLAIN =
      "machineTypes: {standard: {image: 'debian:12', cpu: 2, memory: 4Gi}}";
  private static final String GPU =
      """
      machineTypes:
        standard:
          gpus: 2
          cpuLimit: 8
          nodeSelector: {pool: gpu}
          tolerations:
            - {key: nvidia.com/gpu}
            - {key: pool, value: gpu}
          priorityClass: people
          volumes:
            - {name: home, path: /data, claim: datasets, readOnly: true}
            - {name: scratch, path: /scratch, scratch: 50Gi}
          environment: {PRICE: 5$, PATTERN: $(HOME)$, GATEHOUSE_USER: root}
      """;

  @Test
  void set_pullSecrets_areThePods() {
    var text = PLAIN + "\nimages: {pullSecrets: [registry, mirror]}";
    var spec = spec(text);
    var set =
        manifests(text)
            .set(
                spec,
                manifests(text).home(spec.id().owner()),
                HomeMount.FOLDER,
                Prepared.NOTHING,
                1,
                Map.of());
    assertThat(set.getSpec().getTemplate().getSpec().getImagePullSecrets())
        .extracting(LocalObjectReference::getName)
        .containsExactly("registry", "mirror");
  }

  @Test
  void all_plainWorkspace_isAsAgreed() {
    var manifests = manifests(PLAIN);
    var spec = spec(PLAIN);
    List<HasMetadata> all =
        List.of(
            manifests.home(spec.id().owner()),
            manifests.service(spec),
            manifests.set(
                spec,
                manifests.home(spec.id().owner()),
                HomeMount.FOLDER,
                Prepared.NOTHING,
                1,
                Map.of()));

    if (Boolean.getBoolean("golden.update")) {
      var text = all.stream().map(Serialization::asYaml).collect(Collectors.joining());
      Folders.write(Path.of("src/test/resources", GOLDEN), text);
    }
    var golden = Folders.read(Resources.file(GOLDEN)).split("(?m)^---\n");
    assertThat(
            Stream.of(golden)
                .filter(text -> !text.isBlank())
                .map(text -> Serialization.unmarshal(text, KubernetesResource.class)))
        .isEqualTo(all);
  }

  @Test
  void pod_everyWorkspace_meetsPodSecurityRestricted() {
    var pod = pod(GPU);

    var security = pod.getSecurityContext();
    assertThat(security.getRunAsNonRoot()).isTrue();
    assertThat(security.getRunAsUser()).isEqualTo(10_001);
    assertThat(security.getRunAsGroup()).isEqualTo(10_002);
    assertThat(security.getFsGroup()).isEqualTo(10_002);
    assertThat(security.getFsGroupChangePolicy()).isEqualTo("OnRootMismatch");
    assertThat(security.getSupplementalGroups()).containsExactly(10_002L, 20_000L);
    assertThat(security.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(containers(pod))
        .hasSize(3)
        .allSatisfy(
            container -> {
              var own = container.getSecurityContext();
              assertThat(own.getAllowPrivilegeEscalation()).isFalse();
              assertThat(own.getCapabilities().getDrop()).containsExactly("ALL");
              assertThat(own.getPrivileged()).isNull();
            });
    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
    assertThat(pod.getEnableServiceLinks()).isFalse();
    assertThat(pod.getHostUsers()).isNull();
  }

  @Test
  void pod_typeWithRoot_hasAUserNamespaceAndLetsOnlyItsOwnContainerEscalate() {
    var pod = pod("machineTypes: {standard: {root: true}}");

    assertThat(pod.getHostUsers()).isFalse();
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(containers(pod))
        .extracting(c -> c.getName() + " " + c.getSecurityContext().getAllowPrivilegeEscalation())
        .containsExactly("toolbox false", "people false", "workspace true");
  }

  @Test
  void pod_gpus_areRequestedAndLimitedTheSame() {
    var resources = workspace(GPU).getResources();

    assertThat(resources.getRequests().get("nvidia.com/gpu").toString()).isEqualTo("2");
    assertThat(resources.getLimits().get("nvidia.com/gpu").toString()).isEqualTo("2");
    assertThat(resources.getLimits().get("cpu").toString()).isEqualTo("8");
    assertThat(workspace(PLAIN).getResources().getLimits()).containsOnlyKeys("memory");
  }

  @Test
  void pod_nodePool_isSelectedAndTolerated() {
    var pod = pod(GPU);

    assertThat(pod.getNodeSelector()).isEqualTo(Map.of("pool", "gpu"));
    assertThat(pod.getTolerations())
        .extracting(t -> t.getKey() + " " + t.getOperator() + " " + t.getValue())
        .containsExactly("nvidia.com/gpu Exists null", "pool Equal gpu");
    assertThat(pod.getPriorityClassName()).isEqualTo("people");
  }

  @Test
  void pod_extraVolumes_cannotBeMistakenForOurs() {
    var pod = pod(GPU);

    assertThat(pod.getVolumes())
        .extracting(Volume::getName)
        .containsExactly("gate", "identity", "people", "home", "x-home", "x-scratch");
    assertThat(workspace(GPU).getVolumeMounts())
        .filteredOn(mount -> mount.getName().startsWith("x-"))
        .extracting(mount -> mount.getMountPath() + " " + mount.getReadOnly())
        .containsExactly("/data true", "/scratch null");
    assertThat(workspace(GPU).getVolumeMounts())
        .extracting(VolumeMount::getMountPath)
        .doesNotHaveDuplicates();
  }

  @Test
  void pod_environment_isNotExpandedAndCannotReplaceOurs() {
    assertThat(workspace(GPU).getEnv()).extracting(EnvVar::getName).doesNotHaveDuplicates();
    assertThat(workspace(GPU).getEnv())
        .extracting(v -> v.getName() + "=" + v.getValue())
        .contains("PRICE=5$$", "PATTERN=$$(HOME)$$", "GATEHOUSE_USER=alice");
  }

  @Test
  void pod_homeOfOneNode_isWhereThePersonsOtherPodsAre() {
    var term =
        pod(PLAIN)
            .getAffinity()
            .getPodAffinity()
            .getRequiredDuringSchedulingIgnoredDuringExecution()
            .getFirst();

    // The scheduler lets the first pod pass because it matches its own term.
    assertThat(set(PLAIN).getSpec().getTemplate().getMetadata().getLabels())
        .containsAllEntriesOf(term.getLabelSelector().getMatchLabels());
    assertThat(term.getTopologyKey()).isEqualTo("kubernetes.io/hostname");
  }

  @Test
  void pod_sharedHomes_mayRunAnywhere() {
    var shared = PLAIN + "\nkubernetes: {homes: {shared: true, storageClass: efs}}";
    var definition = ClusterDefinitionFile.parse("test", shared);
    var manifests = new Manifests(definition.kubernetes(), CA);
    var claim = manifests.home(spec(definition).id().owner()).getSpec();

    assertThat(
            manifests
                .set(
                    spec(definition),
                    manifests.home(spec(definition).id().owner()),
                    HomeMount.FOLDER,
                    Prepared.NOTHING,
                    1,
                    Map.of())
                .getSpec()
                .getTemplate()
                .getSpec())
        .extracting(PodSpec::getAffinity)
        .isNull();
    assertThat(claim.getAccessModes()).containsExactly("ReadWriteMany");
    assertThat(claim.getStorageClassName()).isEqualTo("efs");
  }

  /** Who writes :latest asks for the newest; who names no tag may have no registry at all. */
  @Test
  void images_withoutTag_areNotPulledWhereTheyAre() {
    assertThat(pullPolicies("debian"))
        .containsExactly("IfNotPresent", "IfNotPresent", "IfNotPresent");
    assertThat(pullPolicies("debian:12"))
        .containsExactly("IfNotPresent", "IfNotPresent", "IfNotPresent");
    assertThat(pullPolicies("debian:latest")).containsExactly("IfNotPresent", "null", "null");
  }

  private static Stream<String> pullPolicies(String image) {
    return containers(pod("machineTypes: {standard: {image: '%s'}}".formatted(image))).stream()
        .map(container -> String.valueOf(container.getImagePullPolicy()));
  }

  /**
   * The root of the volume is everybody's of the group: only the container that prepares sees it.
   */
  @Test
  void home_isAFolderOfItsVolume() {
    assertThat(containers(pod(PLAIN)))
        .flatExtracting(Container::getVolumeMounts)
        .filteredOn(mount -> mount.getName().equals("home"))
        .extracting(mount -> mount.getMountPath() + " " + mount.getSubPath())
        .containsExactly("/gate-home null", "/home/alice .gatehouse-home");
  }

  @Test
  void awsRole_ofTheType_isByAServiceAccountWithoutTheApiServersToken() {
    var pod = pod("machineTypes: {standard: {awsRole: 'arn:aws:iam::123456789012:role/a'}}");
    assertThat(pod.getServiceAccountName()).isEqualTo("workspace-standard");
    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
    assertThat(pod(PLAIN).getServiceAccountName()).isNull();
  }

  private static final String STORED =
      """
      storage:
        projects: {storageClass: shared, gid: 5000}
        lake: {bucket: {name: abc, region: eu-west-1}}
      machineTypes:
        standard:
          volumes:
            - {name: mine, storage: projects, path: /projects, folder: teams/one}
            - {name: lake, storage: lake, path: /lake}
            - {name: old, claim: old, path: /old, folder: a, readOnly: true}
            - {name: own, claim: own, path: /own, folder: results}
      """;

  @Test
  void storage_ofTheDefinition_isItsClaimWithItsGroup() {
    var pod = pod(STORED);
    assertThat(pod.getVolumes())
        .filteredOn(v -> v.getName().startsWith("x-"))
        .extracting(v -> v.getName() + " " + v.getPersistentVolumeClaim().getClaimName())
        .containsExactly(
            "x-mine storage-projects", "x-lake storage-lake", "x-old old", "x-own own");
    assertThat(pod.getSecurityContext().getSupplementalGroups()).contains(5000L, 20_000L);
    assertThat(workspace(STORED).getVolumeMounts())
        .filteredOn(m -> m.getName().startsWith("x-"))
        .extracting(m -> m.getMountPath() + " " + m.getSubPath() + " " + m.getReadOnly())
        .containsExactly(
            "/projects teams/one null", "/lake null true", "/old a true", "/own results null");
  }

  /** By the kubelet it would be root's, and of no use to anybody. */
  @Test
  void folder_ofAVolume_isMadeForItsGroupBeforeItIsMounted() {
    var containers = pod(STORED).getInitContainers();
    assertThat(containers)
        .extracting(Container::getName)
        .containsExactly("toolbox", "people", "folders");
    var folders = containers.getLast();
    assertThat(folders.getImage()).isEqualTo(containers.getFirst().getImage());
    assertThat(folders.getVolumeMounts())
        .extracting(m -> m.getName() + " " + m.getMountPath() + " " + m.getSubPath())
        .containsExactly(
            "gate /gate null", "x-mine /gate-volumes/mine null", "x-own /gate-volumes/own null");
    assertThat(folders.getCommand()).containsExactly("/gate/bin/folders");
    assertThat(folders.getArgs())
        .containsExactly(
            "/gate-volumes/mine", "teams/one", "5000", "/gate-volumes/own", "results", "-");
  }

  @Test
  void folder_ofAVolume_imageIncludesTheToolbox_isMadeInThatImage() {
    var containers =
        pod(STORED.replace(
                "  standard:\n", "  standard:\n    toolbox: included\n    image: tools:1\n"))
            .getInitContainers();
    assertThat(containers)
        .extracting(c -> c.getName() + " " + c.getImage())
        .containsExactly("home tools:1", "folders tools:1");
    assertThat(containers.getLast().getVolumeMounts())
        .extracting(VolumeMount::getName)
        .containsExactly("x-mine", "x-own");
  }

  @Test
  void identity_hostKey_isReadableByItsGroupOnly() {
    var volume =
        pod(PLAIN).getVolumes().stream()
            .filter(v -> v.getSecret() != null)
            .findFirst()
            .orElseThrow();

    assertThat(volume.getSecret().getDefaultMode()).isEqualTo(0440);
    assertThat(containers(pod(PLAIN)))
        .filteredOn(c -> c.getVolumeMounts().stream().anyMatch(m -> m.getName().equals("identity")))
        .extracting(Container::getName)
        .containsExactly("workspace");
  }

  // ---- small things ----

  private static StatefulSet set(String definition) {
    var manifests = manifests(definition);
    var spec = spec(definition);
    return manifests.set(
        spec, manifests.home(spec.id().owner()), HomeMount.FOLDER, Prepared.NOTHING, 1, Map.of());
  }

  private static PodSpec pod(String definition) {
    return set(definition).getSpec().getTemplate().getSpec();
  }

  private static Container workspace(String definition) {
    return pod(definition).getContainers().getFirst();
  }

  private static List<Container> containers(PodSpec pod) {
    return Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream()).toList();
  }

  private static Manifests manifests(String definition) {
    return new Manifests(KubernetesCluster.definition(definition).kubernetes(), CA);
  }

  private static WorkspaceSpec spec(String definition) {
    return spec(KubernetesCluster.definition(definition));
  }

  private static WorkspaceSpec spec(ClusterDefinition definition) {
    var alice =
        new Person(
            new Username("alice"),
            10_001,
            10_002,
            "Alice",
            "/home/alice",
            "/bin/bash",
            Set.of(new GroupName("people")),
            new TreeSet<>(Set.of(10_002, 20_000)),
            List.of(),
            false);
    return new WorkspaceSpec(
        new WorkspaceId(alice.username(), WorkspaceName.MAIN),
        alice,
        definition.machineTypes().get(new MachineTypeName("standard")));
  }
}
