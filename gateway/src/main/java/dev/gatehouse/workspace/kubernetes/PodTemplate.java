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
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
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

  static final String TOOLBOX_CONTAINER = "toolbox";
  static final String PEOPLE_CONTAINER = "people";
  static final String HOME_CONTAINER = "home";
  private static final String FOLDERS_CONTAINER = "folders";

  /** What is expected of the toolbox in an image; as {@code k8s/toolbox/start} has it. */
  static final String TOOLBOX_VERSION = "1";

  static final String TOOLBOX_VARIABLE = "GATEHOUSE_TOOLBOX";

  private static final String GATE = "gate";
  private static final String IDENTITY = "identity";
  private static final String PEOPLE_VOLUME = "people";
  static final String HOME = HomeMount.VOLUME_NAME;

  /** Where the init container sees the whole volume. */
  private static final String HOME_VOLUME = "/gate-home";

  /** Of a folder, for {@code k8s/toolbox/folders}. */
  private static final String NO_GROUP = "-";

  /** Readable by the person's group, which is fsGroup, and by nobody else. */
  private static final int GROUP_READS = 0440;

  private static final String IF_NOT_PRESENT = "IfNotPresent";
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
        .withVolumes(volumes())
        .withInitContainers(initContainers())
        .withContainers(workspace())
        .endSpec()
        .build();
  }

  private Hardware hardware() {
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

  private boolean isIncluded() {
    return hardware().toolbox() == Toolbox.INCLUDED;
  }

  private List<Container> initContainers() {
    var containers = new ArrayList<Container>();
    if (!isIncluded()) {
      prepared
          .imageUsers(settings, spec.type())
          .ifPresentOrElse(
              users -> containers.add(all(users)),
              () -> containers.addAll(List.of(toolbox(), people())));
    } else if (homeMount == HomeMount.FOLDER && !prepared.hasHome(claim)) {
      containers.add(home());
    }
    if (!folders().isEmpty()) {
      containers.add(makingFolders());
    }
    return containers;
  }

  /** Before the workspace's own container, for which the kubelet would make them, as root's. */
  private Container makingFolders() {
    var container =
        isIncluded()
            ? small(FOLDERS_CONTAINER, hardware().image())
                .withImagePullPolicy(pullPolicy(hardware().image()))
            : ofTheToolbox(FOLDERS_CONTAINER);
    folders().forEach(v -> container.addToVolumeMounts(mount(extra(v), wholeVolume(v))));
    return container
        .withCommand("/gate/bin/folders")
        .withArgs(folders().stream().flatMap(PodTemplate::toMake).toList())
        .build();
  }

  /** Folders of volumes that people write into. */
  private List<Hardware.Volume> folders() {
    return hardware().volumes().stream()
        .filter(v -> v.folder().isPresent() && !v.readOnly())
        .toList();
  }

  private static String wholeVolume(Hardware.Volume volume) {
    return "/gate-volumes/" + volume.name();
  }

  private static Stream<String> toMake(Hardware.Volume volume) {
    return Stream.of(
        wholeVolume(volume),
        volume.folder().orElseThrow(),
        volume.group().map(String::valueOf).orElse(NO_GROUP));
  }

  private Container toolbox() {
    return ofTheToolbox(TOOLBOX_CONTAINER).withCommand("/toolbox/install", "/gate").build();
  }

  /** What the two others do, in one that runs in the toolbox's image. */
  private Container all(String users) {
    return withVolumes(ofTheToolbox(TOOLBOX_CONTAINER))
        .addNewEnv()
        .withName("GATEHOUSE_IMAGE_USERS")
        .withValue(users)
        .endEnv()
        .withCommand(
            "/toolbox/bin/sh", "-c", "/toolbox/install /gate && exec /gate/bin/people" + volume())
        .build();
  }

  private ContainerBuilder ofTheToolbox(String name) {
    return small(name, settings.toolboxImage())
        // A site may have no registry: the tag says which one it is, and it does not change.
        .withImagePullPolicy(IF_NOT_PRESENT)
        .withVolumeMounts(mount(GATE, "/gate"));
  }

  /** A toolbox of before has no {@code people}, and says nothing of the image. */
  private Container people() {
    var before = homeMount == HomeMount.FOLDER ? " && exec /gate/bin/home" + volume() : "";
    return withVolumes(
            small(PEOPLE_CONTAINER, hardware().image())
                .withImagePullPolicy(pullPolicy(hardware().image()))
                .withVolumeMounts(mount(GATE, "/gate")))
        .withCommand(
            "/gate/bin/sh",
            "-c",
            "[ ! -x /gate/bin/people ] || exec /gate/bin/people%s; /gate/bin/prepare%s"
                .formatted(volume(), before))
        .build();
  }

  /** Before the workspace's own container, for which the kubelet would make the folder. */
  private Container home() {
    return small(HOME_CONTAINER, hardware().image())
        .withImagePullPolicy(pullPolicy(hardware().image()))
        .withCommand("/gate/bin/home", HOME_VOLUME)
        .withVolumeMounts(mount(HOME, HOME_VOLUME))
        .build();
  }

  /** What {@code people} reads and writes beside the toolbox. */
  private ContainerBuilder withVolumes(ContainerBuilder container) {
    container.addToVolumeMounts(readOnly(PEOPLE_VOLUME, "/gate-people"));
    return homeMount == HomeMount.FOLDER
        ? container.addToVolumeMounts(mount(HOME, HOME_VOLUME))
        : container;
  }

  private String volume() {
    return homeMount == HomeMount.FOLDER ? " " + HOME_VOLUME : "";
  }

  private ContainerBuilder small(String name, String image) {
    var little = Map.of("cpu", new Quantity("50m"), "memory", new Quantity("64Mi"));
    return new ContainerBuilder()
        .withName(name)
        .withImage(image)
        .withEnv(variables())
        .withSecurityContext(unprivileged())
        .withNewResources()
        .addToRequests(little)
        .addToLimits(Map.of("memory", new Quantity("64Mi")))
        .endResources();
  }

  private Container workspace() {
    var mounts = new ArrayList<VolumeMount>();
    if (isIncluded()) { // what is written there; the rest is the image's
      mounts.add(mount(GATE, "/gate/etc"));
      mounts.add(
          new VolumeMountBuilder()
              .withName(GATE)
              .withSubPath("run")
              .withMountPath("/gate/run")
              .build());
    } else {
      mounts.add(mount(GATE, "/gate"));
    }
    mounts.add(readOnly(IDENTITY, "/gate-identity"));
    mounts.add(readOnly(PEOPLE_VOLUME, "/var/lib/extrausers"));
    mounts.add(homeMount.at(person().homeDirectory()));
    if (!isIncluded()) { // else they are links of the image to what is in /gate/etc
      mounts.add(file("etc/passwd", "/etc/passwd"));
      mounts.add(file("etc/group", "/etc/group"));
      // The first of these that a login shell reads, so that the image's own have the last word.
      mounts.add(file("etc/profile.sh", "/etc/profile.d/00-gatehouse.sh"));
    }
    hardware().volumes().forEach(v -> mounts.add(mount(v)));
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
  private static @Nullable String pullPolicy(String image) {
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
  private List<EnvVar> variables() {
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

  // ---- volumes ----

  private List<Volume> volumes() {
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
            .withName(PEOPLE)
            .endConfigMap()
            .build());
    volumes.add(
        new VolumeBuilder()
            .withName(HOME)
            .withNewPersistentVolumeClaim()
            .withClaimName(ObjectName.home(spec.id().owner()))
            .endPersistentVolumeClaim()
            .build());
    hardware().volumes().forEach(v -> volumes.add(volume(v)));
    return volumes;
  }

  /** Cannot be one of ours, whatever the definition calls it. */
  private static String extra(Hardware.Volume volume) {
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

  private static VolumeMount mount(Hardware.Volume volume) {
    return new VolumeMountBuilder()
        .withName(extra(volume))
        .withMountPath(volume.path())
        .withSubPath(volume.folder().orElse(null))
        .withReadOnly(volume.readOnly() ? Boolean.TRUE : null)
        .build();
  }

  private static VolumeMount mount(String volume, String path) {
    return new VolumeMountBuilder().withName(volume).withMountPath(path).build();
  }

  private static VolumeMount readOnly(String volume, String path) {
    return new VolumeMountBuilder().withName(volume).withMountPath(path).withReadOnly(true).build();
  }

  private static VolumeMount file(String file, String path) {
    return new VolumeMountBuilder()
        .withName(GATE)
        .withSubPath(file)
        .withMountPath(path)
        .withReadOnly(true)
        .build();
  }
}
