package dev.gatehouse.testkit.kubernetes;

import dev.gatehouse.testkit.BuiltImage;
import dev.gatehouse.testkit.ContainerSpec;
import dev.gatehouse.testkit.PodNetwork;
import dev.gatehouse.testkit.Runc;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One pod on this machine, from its first event to the end of its containers. */
final class PodRun {
  private static final long PROBE_MILLIS = 50;
  private static final int MOST_CRASHES = 3;
  private static final Path OF_THIS_MACHINE =
      Path.of("/proc", Long.toString(ProcessHandle.current().pid()), "ns/net");

  private final KubernetesClient client;
  private final Kubelet kubelet;
  private final Pod pod;
  private final Path claims;
  private final Thread thread;
  private final List<ContainerStatus> inits = new ArrayList<>();
  private volatile String lastLog = "";
  private volatile boolean deleting;
  private volatile @Nullable Volumes volumes;
  private volatile @Nullable Runc main;
  private @Nullable PodNetwork network;
  private @Nullable String address;
  private int restarts;

  PodRun(KubernetesClient client, Kubelet kubelet, Pod pod, Path claims) {
    this.client = client;
    this.kubelet = kubelet;
    this.pod = pod;
    this.claims = claims;
    this.thread =
        Thread.ofPlatform().name("kubelet-" + pod.getMetadata().getName()).start(this::run);
  }

  /** SIGTERM, and SIGKILL after the grace period. */
  void delete() {
    deleting = true;
    kubelet.wake();
  }

  boolean isDeleted() {
    return deleting;
  }

  void await() throws InterruptedException {
    thread.join(Duration.ofSeconds(60));
  }

  boolean isNamed(String name) {
    return pod.getMetadata().getName().equals(name);
  }

  /** Of the main container: of this run of it, or of the last. */
  String log() {
    var running = main;
    return running == null ? lastLog : running.stdout() + running.stderr();
  }

  Map<String, String> configMaps() {
    var names = new ConcurrentHashMap<String, String>();
    pod.getSpec()
        .getVolumes()
        .forEach(
            v -> {
              if (v.getConfigMap() != null) {
                names.put(v.getConfigMap().getName(), v.getName());
              }
            });
    return names;
  }

  void configMapChanged(String volume, Map<String, String> data) {
    var made = volumes;
    if (made != null) {
      made.update(volume, data);
    }
  }

  /** The machine that it is on has lost its power: nothing is told, and nothing answers. */
  void lose() {
    var wire = network;
    if (wire != null) {
      wire.unplug();
    }
  }

  private void run() {
    try {
      start();
    } catch (Deleted e) {
      // As it should.
    } catch (RuntimeException | InterruptedException e) {
      event("Failed", String.valueOf(e.getMessage()), "Warning");
    } finally {
      end();
    }
  }

  /** No interrupt: that would leave half a container behind. */
  private static final class Deleted extends RuntimeException {}

  private void pause(long millis) throws InterruptedException {
    requireWanted();
    Thread.sleep(millis);
    requireWanted();
  }

  private void requireWanted() {
    if (deleting) {
      throw new Deleted();
    }
  }

  private void start() throws InterruptedException {
    status("Pending", List.of(), false, Optional.empty());
    kubelet.awaitSchedule(this, this::unschedulable);
    requireWanted();
    event("Scheduled", "Successfully assigned to node-1", "Normal");
    status("Pending", List.of(), false, Optional.empty());
    mountVolumes();
    network = kubelet.isolated() ? PodNetwork.create() : null;
    address = network == null ? "127.0.0.1" : network.address();
    for (var container : pod.getSpec().getInitContainers()) {
      runToItsEnd(container);
    }
    var container = pod.getSpec().getContainers().getFirst();
    while (true) {
      runMain(container);
    }
  }

  private void unschedulable(String message) {
    event("FailedScheduling", message, "Warning");
    status("Pending", List.of(), false, Optional.of(message));
  }

  private void mountVolumes() throws InterruptedException {
    while (true) {
      try {
        volumes = new Volumes(client, pod, claims);
        return;
      } catch (Volumes.MissingObject e) {
        event("FailedMount", e.getMessage(), "Warning");
        pause(200);
      }
    }
  }

  private void runToItsEnd(Container container) throws InterruptedException {
    var image = pull(container);
    while (true) {
      try (var runc = Runc.start(spec(container, image))) {
        while (runc.isRunning()) {
          pause(PROBE_MILLIS / 5);
        }
        var result = runc.await();
        lastLog = runc.stdout() + runc.stderr();
        if (result.exit() == 0) {
          inits.add(
              state(container)
                  .withReady(true)
                  .withNewState()
                  .withNewTerminated()
                  .withExitCode(0)
                  .endTerminated()
                  .endState()
                  .build());
          return;
        }
        crashed(container, result.exit(), true);
      }
    }
  }

  private void runMain(Container container) throws InterruptedException {
    var image = pull(container);
    event("Created", "Created container " + container.getName(), "Normal");
    try (var runc = Runc.start(spec(container, image))) {
      main = runc;
      event("Started", "Started container " + container.getName(), "Normal");
      status("Running", List.of(running(container, false)), false, Optional.empty());
      var ready = false;
      while (runc.isRunning()) {
        if (!ready && probe(runc, container)) {
          ready = true;
          status("Running", List.of(running(container, true)), true, Optional.empty());
        }
        pause(PROBE_MILLIS);
      }
      lastLog = runc.stdout() + runc.stderr();
      main = null;
      crashed(container, runc.await().exit(), false);
    } catch (Deleted e) {
      terminate();
      throw e;
    }
  }

  private static boolean probe(Runc runc, Container container) {
    var command = container.getStartupProbe().getExec().getCommand().toArray(String[]::new);
    return runc.exec(command).run().exit() == 0;
  }

  /** What is left after the grace period ends with its {@link Runc}. */
  private void terminate() throws InterruptedException {
    var running = main;
    if (running == null || !running.isRunning() || !running.tryKill("TERM")) {
      return;
    }
    var end = System.nanoTime() + Duration.ofSeconds(kubelet.graceSeconds()).toNanos();
    while (running.isRunning() && System.nanoTime() < end) {
      Thread.sleep(PROBE_MILLIS / 5);
    }
  }

  private BuiltImage pull(Container container) throws InterruptedException {
    event("Pulling", "Pulling image \"%s\"".formatted(container.getImage()), "Normal");
    kubelet.awaitPull(this);
    requireWanted();
    var image = kubelet.image(container.getImage());
    while (image.isEmpty()) {
      event(
          "Failed",
          "Failed to pull image \"%s\": rpc error: code = NotFound desc = %s: not found"
              .formatted(container.getImage(), container.getImage()),
          "Warning");
      var waiting =
          state(container)
              .withReady(false)
              .withNewState()
              .withNewWaiting("Back-off pulling image", "ImagePullBackOff")
              .endState()
              .build();
      var isInit = pod.getSpec().getInitContainers().contains(container);
      status(
          "Pending",
          isInit ? List.of() : List.of(waiting),
          isInit ? List.of(waiting) : List.of(),
          false,
          Optional.empty());
      pause(500);
      image = kubelet.image(container.getImage());
    }
    event("Pulled", "Container image already present on machine", "Normal");
    return image.get();
  }

  private void crashed(Container container, int exit, boolean init) throws InterruptedException {
    restarts++;
    event("BackOff", "Back-off restarting failed container", "Warning");
    var status =
        state(container)
            .withReady(false)
            .withRestartCount(restarts)
            .withNewLastState()
            .withNewTerminated()
            .withExitCode(exit)
            .withReason(exit == 137 ? "OOMKilled" : "Error")
            .endTerminated()
            .endLastState()
            .withNewState()
            .withNewWaiting("back-off restarting", "CrashLoopBackOff")
            .endState()
            .build();
    status(
        init ? "Pending" : "Running",
        init ? List.of() : List.of(status),
        init ? List.of(status) : List.of(),
        false,
        Optional.empty());
    // Most tests have seen enough then.
    for (var wait = restarts >= MOST_CRASHES ? 1000 : 1; wait > 0; wait--) {
      pause(PROBE_MILLIS);
    }
  }

  // ---- what it is ----

  private ContainerSpec spec(Container container, BuiltImage image) {
    var security = pod.getSpec().getSecurityContext();
    var groups = new ArrayList<Integer>();
    security.getSupplementalGroups().forEach(g -> groups.add(g.intValue()));
    groups.add(security.getFsGroup().intValue());
    var spec =
        ContainerSpec.of(image)
            .running(container.getCommand())
            .as(
                security.getRunAsUser().intValue(),
                security.getRunAsGroup().intValue(),
                groups.stream().distinct().toList())
            .named(
                Optional.ofNullable(pod.getSpec().getHostname())
                    .orElse(pod.getMetadata().getName()))
            .joining(network == null ? OF_THIS_MACHINE : network.path())
            .with("HOSTNAME", pod.getMetadata().getName())
            .with("KUBERNETES_SERVICE_HOST", "10.0.0.1");
    for (var variable : container.getEnv()) {
      spec = spec.with(variable.getName(), variable.getValue().replace("$$", "$"));
    }
    for (var folder : kubelet.nodeFolders(container.getImage())) {
      spec = spec.mounting(folder, folder.toString(), true);
    }
    for (var mount : container.getVolumeMounts()) {
      spec =
          spec.mounting(
              volumes.source(mount.getName(), mount.getSubPath()),
              mount.getMountPath(),
              Boolean.TRUE.equals(mount.getReadOnly()));
    }
    return spec;
  }

  // ---- what it tells ----

  private ContainerStatusBuilder state(Container container) {
    return new ContainerStatusBuilder()
        .withName(container.getName())
        .withImage(container.getImage())
        .withRestartCount(restarts);
  }

  private ContainerStatus running(Container container, boolean ready) {
    return state(container)
        .withReady(ready)
        .withStarted(ready)
        .withNewState()
        .withNewRunning(Instant.now().toString())
        .endState()
        .build();
  }

  private void status(
      String phase, List<ContainerStatus> mains, boolean ready, Optional<String> unscheduled) {
    status(phase, mains, List.of(), ready, unscheduled);
  }

  private void status(
      String phase,
      List<ContainerStatus> mains,
      List<ContainerStatus> moreInits,
      boolean ready,
      Optional<String> unscheduled) {
    var initStatuses = new ArrayList<>(inits);
    initStatuses.addAll(moreInits);
    var initialized = inits.size() == pod.getSpec().getInitContainers().size();
    var status =
        new PodStatusBuilder()
            .withPhase(phase)
            .withInitContainerStatuses(initStatuses)
            .withContainerStatuses(mains)
            .withPodIP(address);
    condition(status, "PodScheduled", unscheduled.isEmpty(), unscheduled.orElse(null));
    condition(status, "Initialized", initialized, null);
    condition(status, "ContainersReady", ready, null);
    condition(status, "Ready", ready, null);
    write(status);
  }

  private static void condition(
      PodStatusBuilder status, String type, boolean holds, @Nullable String message) {
    status
        .addNewCondition()
        .withType(type)
        .withStatus(holds ? "True" : "False")
        .withReason(message == null ? null : "Unschedulable")
        .withMessage(message)
        .withLastTransitionTime(Instant.now().toString())
        .endCondition();
  }

  private void write(PodStatusBuilder status) {
    var resource =
        client
            .pods()
            .inNamespace(pod.getMetadata().getNamespace())
            .withName(pod.getMetadata().getName());
    try {
      resource.editStatus(
          p -> {
            p.setStatus(status.build());
            return p;
          });
    } catch (KubernetesClientException e) {
      // Deleted meanwhile.
    }
  }

  private void event(String reason, String message, String type) {
    try {
      Controllers.record(client, pod, "Pod", reason, message, type);
    } catch (KubernetesClientException e) {
      // The test is over.
    }
  }

  private void end() {
    try {
      var wire = network;
      if (wire != null) {
        wire.close();
      }
      var made = volumes;
      if (made != null) {
        made.delete();
      }
    } finally {
      kubelet.ended(pod);
    }
  }
}
