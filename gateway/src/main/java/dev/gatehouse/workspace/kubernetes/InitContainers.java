package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.cluster.Hardware;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What runs in a workspace's pod before the workspace: as few containers as there can be. */
record InitContainers(PodTemplate pod) {
  static final String TOOLBOX_CONTAINER = "toolbox";
  static final String PEOPLE_CONTAINER = "people";
  static final String HOME_CONTAINER = "home";
  private static final String FOLDERS_CONTAINER = "folders";

  /** Where they see the whole volume of the home. */
  private static final String HOME_VOLUME = "/gate-home";

  /** Of a folder, for {@code k8s/toolbox/folders}. */
  private static final String NO_GROUP = "-";

  List<Container> all() {
    var containers = new ArrayList<Container>();
    if (!pod.isIncluded()) {
      pod.prepared()
          .imageUsers(pod.settings(), pod.spec().type())
          .ifPresentOrElse(
              users -> containers.add(toolboxAndPeople(users)),
              () -> containers.addAll(List.of(toolbox(), people())));
    } else if (pod.homeMount() == HomeMount.FOLDER && !pod.prepared().hasHome(pod.claim())) {
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
        pod.isIncluded()
            ? small(FOLDERS_CONTAINER, pod.hardware().image())
                .withImagePullPolicy(PodTemplate.pullPolicy(pod.hardware().image()))
            : ofTheToolbox(FOLDERS_CONTAINER);
    folders()
        .forEach(
            v ->
                container.addToVolumeMounts(PodVolumes.mount(PodVolumes.extra(v), wholeVolume(v))));
    return container
        .withCommand("/gate/bin/folders")
        .withArgs(folders().stream().flatMap(InitContainers::toMake).toList())
        .build();
  }

  /** Folders of volumes that people write into. */
  private List<Hardware.Volume> folders() {
    return pod.hardware().volumes().stream()
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
  private Container toolboxAndPeople(String users) {
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
    return small(name, pod.settings().toolboxImage())
        // A site may have no registry: the tag says which one it is, and it does not change.
        .withImagePullPolicy(PodTemplate.IF_NOT_PRESENT)
        .withVolumeMounts(PodVolumes.mount(PodVolumes.GATE, "/gate"));
  }

  /** A toolbox of before has no {@code people}, and says nothing of the image. */
  private Container people() {
    var before = pod.homeMount() == HomeMount.FOLDER ? " && exec /gate/bin/home" + volume() : "";
    return withVolumes(
            small(PEOPLE_CONTAINER, pod.hardware().image())
                .withImagePullPolicy(PodTemplate.pullPolicy(pod.hardware().image()))
                .withVolumeMounts(PodVolumes.mount(PodVolumes.GATE, "/gate")))
        .withCommand(
            "/gate/bin/sh",
            "-c",
            "[ ! -x /gate/bin/people ] || exec /gate/bin/people%s; /gate/bin/prepare%s"
                .formatted(volume(), before))
        .build();
  }

  /** Before the workspace's own container, for which the kubelet would make the folder. */
  private Container home() {
    return small(HOME_CONTAINER, pod.hardware().image())
        .withImagePullPolicy(PodTemplate.pullPolicy(pod.hardware().image()))
        .withCommand("/gate/bin/home", HOME_VOLUME)
        .withVolumeMounts(PodVolumes.mount(PodVolumes.HOME, HOME_VOLUME))
        .build();
  }

  /** What {@code people} reads and writes beside the toolbox. */
  private ContainerBuilder withVolumes(ContainerBuilder container) {
    container.addToVolumeMounts(PodVolumes.readOnly(PodVolumes.PEOPLE_VOLUME, "/gate-people"));
    return pod.homeMount() == HomeMount.FOLDER
        ? container.addToVolumeMounts(PodVolumes.mount(PodVolumes.HOME, HOME_VOLUME))
        : container;
  }

  private String volume() {
    return pod.homeMount() == HomeMount.FOLDER ? " " + HOME_VOLUME : "";
  }

  private ContainerBuilder small(String name, String image) {
    var little = Map.of("cpu", new Quantity("50m"), "memory", new Quantity("64Mi"));
    return new ContainerBuilder()
        .withName(name)
        .withImage(image)
        .withEnv(pod.variables())
        .withSecurityContext(PodTemplate.unprivileged())
        .withNewResources()
        .addToRequests(little)
        .addToLimits(Map.of("memory", new Quantity("64Mi")))
        .endResources();
  }
}
