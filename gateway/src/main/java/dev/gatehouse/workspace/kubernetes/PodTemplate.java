package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.cluster.Hardware;
import dev.gatehouse.cluster.Hardware.Toolbox;
import dev.gatehouse.cluster.KubernetesSettings;
import dev.gatehouse.directory.Person;
import dev.gatehouse.workspace.WorkspaceSpec;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The pod of a workspace. The toolbox brings an sshd into an image that knows nothing of it; the
 * second init container runs in that image, and adds the directory's people to those it has. Where
 * an earlier start has shown who they are, the first does that too; and an image that holds the
 * toolbox does it itself, so that only a new home needs an init container.
 */
record PodTemplate(
    KubernetesSettings settings,
    WorkspaceSpec spec,
    HomeMount homeMount,
    PersistentVolumeClaim claim,
    Prepared prepared) {
  static final int PORT = 2222;
  static final String PORT_NAME = "ssh";
  static final String CONTAINER = "workspace";

  /** Holds {@code passwd} and {@code group}, of everybody. */
  static final String PEOPLE = "gatehouse-people";

  /** What is expected of the toolbox in an image; as {@code k8s/toolbox/start} has it. */
  static final String TOOLBOX_VERSION = "1";

  static final String TOOLBOX_VARIABLE = "GATEHOUSE_TOOLBOX";

  static final String IF_NOT_PRESENT = "IfNotPresent";
  private static final long GRACE_SECONDS = 30;
  private static final int PROBES_A_START = 120;
  private static final int READY_PERIOD = 20;

  PodTemplateSpec build() {
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .withLabels(Manifests.labels(spec))
        .addToAnnotations(Annotations.PERSON, spec.id().owner().value())
        .addToAnnotations(Annotations.NAME, spec.id().name().value())
        .addToAnnotations(Annotations.DEFINITION, Revision.of(spec.type()))
        .addToAnnotations(homeClaim())
        // Else some autoscalers keep a node for it, and others take one from under it.
        .addToAnnotations("cluster-autoscaler.kubernetes.io/safe-to-evict", "false")
        .addToAnnotations("karpenter.sh/do-not-disrupt", "true")
        .endMetadata()
        .withNewSpec()
        // AWS' webhook mounts a token of its own where the type has a role; the API server's never.
        .withServiceAccountName(spec.type().serviceAccount().orElse(null))
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withTerminationGracePeriodSeconds(GRACE_SECONDS)
        .withImagePullSecrets(
            settings.pullSecrets().stream().map(LocalObjectReference::new).toList())
        .withSecurityContext(securityContext(person(), hardware().groups()))
        .withHostUsers(hardware().root() ? Boolean.FALSE : null)
        .withNodeSelector(Map.copyOf(hardware().nodeSelector()))
        .withTolerations(hardware().tolerations().stream().map(PodTemplate::toleration).toList())
        .withPriorityClassName(hardware().priorityClass().orElse(null))
        .withAffinity(affinity())
        .withVolumes(new PodVolumes(spec).all())
        .withInitContainers(new InitContainers(this).all())
        .withContainers(workspace())
        .endSpec()
        .build();
  }

  Hardware hardware() {
    return spec.type().hardware();
  }

  private Person person() {
    return spec.owner();
  }

  private Map<String, String> homeClaim() {
    var uid = claim.getMetadata().getUid();
    return homeMount == HomeMount.FOLDER && uid != null
        ? Map.of(Annotations.HOME_CLAIM, uid)
        : Map.of();
  }

  boolean isIncluded() {
    return hardware().toolbox() == Toolbox.INCLUDED;
  }

  private Container workspace() {
    var mounts = new ArrayList<VolumeMount>();
    if (isIncluded()) { // what is written there; the rest is the image's
      mounts.add(PodVolumes.mount(PodVolumes.GATE, "/gate/etc"));
      mounts.add(
          new VolumeMountBuilder()
              .withName(PodVolumes.GATE)
              .withSubPath("run")
              .withMountPath("/gate/run")
              .build());
    } else {
      mounts.add(PodVolumes.mount(PodVolumes.GATE, "/gate"));
    }
    mounts.add(PodVolumes.readOnly(PodVolumes.IDENTITY, "/gate-identity"));
    mounts.add(PodVolumes.readOnly(PodVolumes.PEOPLE_VOLUME, "/var/lib/extrausers"));
    mounts.add(homeMount.at(person().homeDirectory()));
    if (!isIncluded()) { // else they are links of the image to what is in /gate/etc
      mounts.add(PodVolumes.file("etc/passwd", "/etc/passwd"));
      mounts.add(PodVolumes.file("etc/group", "/etc/group"));
      // The first of these that a login shell reads, so that the image's own have the last word.
      mounts.add(PodVolumes.file("etc/profile.sh", "/etc/profile.d/00-gatehouse.sh"));
    }
    hardware().volumes().forEach(v -> mounts.add(PodVolumes.mount(v)));
    return new ContainerBuilder()
        .withName(CONTAINER)
        .withImage(hardware().image())
        .withImagePullPolicy(pullPolicy(hardware().image()))
        .withCommand("/gate/bin/start")
        .withEnv(variables())
        .withSecurityContext(hardware().root() ? mayBecomeRoot() : unprivileged())
        .withResources(resources())
        .withVolumeMounts(mounts)
        .addNewPort()
        .withName(PORT_NAME)
        .withContainerPort(PORT)
        .withProtocol("TCP")
        .endPort()
        .withStartupProbe(probe().withPeriodSeconds(1).withFailureThreshold(PROBES_A_START).build())
        .withReadinessProbe(probe().withPeriodSeconds(READY_PERIOD).build())
        .build();
  }

  /**
   * Kubernetes pulls {@code :latest} at each start, and takes a name without a tag for that too: at
   * a site without that registry, which brings its images to the nodes, nothing would start.
   */
  static @Nullable String pullPolicy(String image) {
    return isAlwaysPulled(image) ? null : IF_NOT_PRESENT;
  }

  static boolean isAlwaysPulled(String image) {
    return image.endsWith(":latest");
  }

  private static ProbeBuilder probe() {
    return new ProbeBuilder(
        new ProbeBuilder()
            .withNewExec()
            .withCommand("/gate/bin/ready")
            .endExec()
            .withTimeoutSeconds(5)
            .build());
  }

  /** Each name once: an apply refuses two. */
  List<EnvVar> variables() {
    var variables = new TreeMap<>(spec.type().environment());
    variables.put("GATEHOUSE_USER", person().username().value());
    variables.put("GATEHOUSE_HOME", person().homeDirectory());
    variables.put("GATEHOUSE_SHELL", person().loginShell());
    if (isIncluded()) {
      variables.put(TOOLBOX_VARIABLE, TOOLBOX_VERSION);
    }
    return variables.entrySet().stream()
        .map(variable -> variable(variable.getKey(), variable.getValue()))
        .toList();
  }

  /** Kubernetes expands $(NAME) in values; $$ stands for a dollar. */
  private static EnvVar variable(String name, String value) {
    return new EnvVarBuilder().withName(name).withValue(value.replace("$", "$$")).build();
  }

  private ResourceRequirements resources() {
    var resources =
        new ResourceRequirementsBuilder()
            .addToRequests("cpu", new Quantity(hardware().cpu().text()))
            .addToRequests("memory", new Quantity(hardware().memory().text()))
            .addToLimits("memory", new Quantity(hardware().memory().text()));
    hardware()
        .cpuLimit()
        .ifPresent(limit -> resources.addToLimits("cpu", new Quantity(limit.text())));
    if (hardware().gpus() > 0) {
      // An extended resource: its request is its limit.
      var gpus = new Quantity(Integer.toString(hardware().gpus()));
      resources.addToLimits(hardware().gpuResource(), gpus);
      resources.addToRequests(hardware().gpuResource(), gpus);
    }
    return resources.build();
  }

  // ---- who it is ----

  /**
   * A pod of this person's.
   *
   * @param more groups beside their own, by their numbers
   */
  static PodSecurityContext securityContext(Person person, List<Integer> more) {
    var groups =
        Stream.concat(person.groupIds().stream(), more.stream())
            .distinct()
            .map(Integer::longValue)
            .toList();
    return new PodSecurityContextBuilder()
        .withRunAsUser((long) person.uidNumber())
        .withRunAsGroup((long) person.gidNumber())
        .withFsGroup((long) person.gidNumber())
        // Else a home of a million files is walked through at every start.
        .withFsGroupChangePolicy("OnRootMismatch")
        .withSupplementalGroups(groups)
        .withRunAsNonRoot(true)
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .build();
  }

  /**
   * Where a machine type may have root, the workspace's own container does not give it up. Pod
   * Security's level restricted refuses that, in a user namespace too: it takes baseline.
   */
  private SecurityContext mayBecomeRoot() {
    return new SecurityContextBuilder().withAllowPrivilegeEscalation(true).build();
  }

  static SecurityContext unprivileged() {
    return new SecurityContextBuilder()
        .withAllowPrivilegeEscalation(false)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .build();
  }

  // ---- where it may run ----

  private static Toleration toleration(Hardware.Toleration wanted) {
    var toleration = new TolerationBuilder().withKey(wanted.key());
    return wanted.value().equals(Hardware.Toleration.ANY)
        ? toleration.withOperator("Exists").build()
        : toleration.withOperator("Equal").withValue(wanted.value()).build();
  }

  private @Nullable Affinity affinity() {
    return HomeClaims.isShared(claim) ? null : besideOwner(person());
  }

  /** A volume of one node only: whatever else of this person's runs must be on the same. */
  static Affinity besideOwner(Person owner) {
    return new AffinityBuilder()
        .withNewPodAffinity()
        .addNewRequiredDuringSchedulingIgnoredDuringExecution()
        .withNewLabelSelector()
        .addToMatchLabels(Annotations.OWNER, ObjectName.of(owner.username()))
        .endLabelSelector()
        .withTopologyKey("kubernetes.io/hostname")
        .endRequiredDuringSchedulingIgnoredDuringExecution()
        .endPodAffinity()
        .build();
  }
}
