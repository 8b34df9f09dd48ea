package dev.gatehouse.images;

import dev.gatehouse.testkit.BuiltImage;
import dev.gatehouse.testkit.BuiltImages;
import dev.gatehouse.testkit.ContainerSpec;
import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.PodNetwork;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Result;
import dev.gatehouse.testkit.Runc;
import dev.gatehouse.testkit.SshTarget;
import java.nio.file.Path;
import java.util.List;

/**
 * A workspace's pod without a cluster around it: its init containers and the workspace, with the
 * mounts and the security context that {@code PodTemplate} writes.
 */
final class ToolboxPod implements SshTarget {
  /** How the toolbox comes into the pod. */
  enum Way {
    /** By two init containers. */
    FIRST_START,

    /** As above, of a version before that of the gateway. */
    TOOLBOX_OF_BEFORE,

    /** By one, since an earlier start has told who the image has. */
    NEXT_START,

    /** It is in the image; a new home has an init container. */
    INCLUDED
  }

  static final String HOME = "/home/ada";
  private static final int PORT = 2222;

  private final PodVolumes volumes;
  private final PodNetwork network;
  private final ContainerSpec spec;
  private final Runc container;
  private final String preparation;

  private ToolboxPod(PodVolumes volumes, PodNetwork network, Way way, ContainerSpec spec) {
    this.volumes = volumes;
    this.network = network;
    this.spec = spec;
    this.preparation =
        switch (way) {
          case FIRST_START -> prepare(volumes, spec, true);
          case TOOLBOX_OF_BEFORE -> prepare(volumes, spec, false);
          case NEXT_START -> prepareAgain(volumes, spec);
          case INCLUDED -> makeHome(volumes, spec);
        };
    this.container =
        Runc.start(
            (way == Way.INCLUDED ? included(volumes, spec) : mounted(volumes, spec))
                .joining(network.path()));
  }

  /** The workspace's container in an image, as the person, without its mounts. */
  static ContainerSpec workspace(BuiltImage image) {
    return person(ContainerSpec.of(image))
        .named("main")
        .with("HOSTNAME", "ws-ada-main-0")
        .with("KUBERNETES_SERVICE_HOST", "10.0.0.1");
  }

  /** Starts it, in volumes that it closes, and waits until it is ready. */
  static ToolboxPod start(PodVolumes volumes, ContainerSpec spec) {
    return start(volumes, Way.FIRST_START, spec);
  }

  static ToolboxPod start(PodVolumes volumes, Way way, ContainerSpec spec) {
    var pod = launch(volumes, way, spec);
    try {
      pod.awaitReady();
    } catch (AssertionError e) {
      pod.close();
      throw e;
    }
    return pod;
  }

  /** Starts it, and does not wait for its sshd. */
  static ToolboxPod launch(PodVolumes volumes, ContainerSpec spec) {
    return launch(volumes, Way.FIRST_START, spec);
  }

  private static ToolboxPod launch(PodVolumes volumes, Way way, ContainerSpec spec) {
    var network = PodNetwork.create();
    try {
      return new ToolboxPod(volumes, network, way, spec);
    } catch (AssertionError e) {
      network.close();
      volumes.close();
      throw e;
    }
  }

  void awaitReady() {
    Poll.until(() -> "readiness of a pod: " + log(), Poll.PATIENCE, this::isReady);
  }

  /** What the probe says. */
  boolean isReady() {
    return container.exec("/gate/bin/ready").run().exit() == 0;
  }

  /** What the image and the manifest together say. */
  ContainerSpec spec() {
    return spec;
  }

  PodVolumes volumes() {
    return volumes;
  }

  /** Runs one of the toolbox's programs inside, as kubelet's exec does. */
  Program busybox(String... arguments) {
    return container.exec("/gate/bin/busybox").and(arguments);
  }

  boolean exists(long pid) {
    return busybox("test", "-e", "/proc/" + pid).run().exit() == 0;
  }

  void signal(String name) {
    container.kill(name);
  }

  boolean isRunning() {
    return container.isRunning();
  }

  /** Waits for its end. */
  Result await() {
    return container.await();
  }

  @Override
  public String host() {
    return network.address();
  }

  @Override
  public int port() {
    return PORT;
  }

  @Override
  public String login() {
    return PodVolumes.USER;
  }

  @Override
  public Path identity() {
    return volumes.key();
  }

  @Override
  public Path knownHosts() {
    return volumes.knownHosts(host(), PORT);
  }

  @Override
  public Path home() {
    return volumes.home();
  }

  @Override
  public String log() {
    return preparation + container.stderr();
  }

  @Override
  public void close() {
    container.close();
    network.close();
    volumes.close();
  }

  /**
   * @param tells whether the toolbox can tell who the image has
   */
  private static String prepare(PodVolumes volumes, ContainerSpec spec, boolean tells) {
    var toolbox = person(ContainerSpec.of(BuiltImages.toolbox()));
    Runc.run(toolbox.running("/toolbox/install", "/gate").mounting(volumes.gate(), "/gate", false))
        .ok();
    if (!tells) {
      Folders.delete(volumes.gate().resolve("bin/people"));
    }
    return Runc.run(
            withVolumes(
                volumes,
                spec.running(
                    "/gate/bin/sh",
                    "-c",
                    "[ ! -x /gate/bin/people ] || exec /gate/bin/people /gate-home;"
                        + " /gate/bin/prepare && exec /gate/bin/home /gate-home")))
        .ok()
        .stderr();
  }

  /** In an empty folder, with what the first start has told. */
  private static String prepareAgain(PodVolumes volumes, ContainerSpec spec) {
    var before = prepare(volumes, spec, true);
    var users = volumes.lastWords().lines().filter(line -> line.startsWith("users:")).findFirst();
    volumes.emptyGate();
    return before
        + Runc.run(
                withVolumes(
                    volumes,
                    person(ContainerSpec.of(BuiltImages.toolbox()))
                        .with(
                            "GATEHOUSE_IMAGE_USERS",
                            users.orElseThrow().substring("users:".length()))
                        .running(
                            "/toolbox/bin/sh",
                            "-c",
                            "/toolbox/install /gate && exec /gate/bin/people /gate-home")))
            .ok()
            .stderr();
  }

  private static ContainerSpec withVolumes(PodVolumes volumes, ContainerSpec spec) {
    return spec.mounting(volumes.volume(), "/gate-home", false)
        .mounting(volumes.gate(), "/gate", false)
        .mounting(volumes.people(), "/gate-people", true)
        .mounting(volumes.terminationLog(), "/dev/termination-log", false);
  }

  private static String makeHome(PodVolumes volumes, ContainerSpec spec) {
    return Runc.run(
            spec.running("/gate/bin/home", "/gate-home")
                .mounting(volumes.volume(), "/gate-home", false))
        .ok()
        .stderr();
  }

  /** The image's files of users and groups are links into the folder that is mounted. */
  static ContainerSpec included(PodVolumes volumes, ContainerSpec spec) {
    return spec.running("/gate/bin/start")
        .with("GATEHOUSE_TOOLBOX", spec.environment().getOrDefault("GATEHOUSE_TOOLBOX", "1"))
        .mounting(volumes.gate(), "/gate/etc", false)
        .mounting(volumes.gate().resolve("run"), "/gate/run", false)
        .mounting(volumes.identity(), "/gate-identity", true)
        .mounting(volumes.people(), "/var/lib/extrausers", true)
        .mounting(volumes.home(), HOME, false)
        .mounting(volumes.hosts(), "/etc/hosts", false)
        .mounting(volumes.terminationLog(), "/dev/termination-log", false);
  }

  private static ContainerSpec mounted(PodVolumes volumes, ContainerSpec spec) {
    var etc = volumes.gate().resolve("etc");
    return spec.running("/gate/bin/start")
        .mounting(volumes.gate(), "/gate", false)
        .mounting(volumes.identity(), "/gate-identity", true)
        .mounting(volumes.people(), "/var/lib/extrausers", true)
        .mounting(volumes.home(), HOME, false)
        .mounting(volumes.hosts(), "/etc/hosts", false)
        .mounting(etc.resolve("passwd"), "/etc/passwd", true)
        .mounting(etc.resolve("group"), "/etc/group", true)
        .mounting(etc.resolve("profile.sh"), "/etc/profile.d/00-gatehouse.sh", true);
  }

  private static ContainerSpec person(ContainerSpec spec) {
    return spec.as(PodVolumes.UID, PodVolumes.GID, List.of(PodVolumes.GID, PodVolumes.GPU))
        .with("GATEHOUSE_USER", PodVolumes.USER)
        .with("GATEHOUSE_HOME", HOME)
        .with("GATEHOUSE_SHELL", "/no/such/shell");
  }
}
