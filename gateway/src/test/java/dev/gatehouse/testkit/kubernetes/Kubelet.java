package dev.gatehouse.testkit.kubernetes;

import dev.gatehouse.testkit.BuiltImage;
import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Runc;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.net.HttpURLConnection;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A scheduler and a kubelet for one node: this machine. Each pod runs as real containers by runc,
 * in a network of its own, with what its manifest says and nothing else.
 */
public final class Kubelet implements AutoCloseable {
  private final KubernetesClient client;
  private final Path claims = Folders.temporary();
  private final Map<String, Supplier<BuiltImage>> images;
  private final boolean isolated;

  /** By pod uid. */
  private final Map<String, PodRun> runs = new ConcurrentHashMap<>();

  private final int graceSeconds;
  private @Nullable String unschedulable;
  private boolean holdPulls;

  /**
   * @param images what a registry would have, by name
   * @param isolated whether each pod has a network of its own; if not, they have this machine's,
   *     and there can be only one
   */
  public Kubelet(
      ApiServer server,
      String namespace,
      Map<String, Supplier<BuiltImage>> images,
      boolean isolated) {
    Runc.require();
    this.isolated = isolated;
    this.client = server.innerClient();
    this.images = images;
    this.graceSeconds = 5;
    server.logs(this::log);
    client
        .pods()
        .inNamespace(namespace)
        .inform(
            new ResourceEventHandler<Pod>() {
              @Override
              public void onAdd(Pod pod) {
                seen(pod);
              }

              @Override
              public void onUpdate(Pod before, Pod pod) {
                seen(pod);
              }

              @Override
              public void onDelete(Pod pod, boolean unknown) {
                ended(pod.getMetadata().getUid());
              }
            });
    client
        .configMaps()
        .inNamespace(namespace)
        .inform(
            new ResourceEventHandler<ConfigMap>() {
              @Override
              public void onAdd(ConfigMap map) {
                changed(map);
              }

              @Override
              public void onUpdate(ConfigMap before, ConfigMap map) {
                changed(map);
              }

              @Override
              public void onDelete(ConfigMap map, boolean unknown) {}
            });
  }

  // ---- what the test may do ----

  /** From now on no node takes a pod, as the scheduler says with this; null takes that back. */
  public synchronized void refuse(@Nullable String message) {
    unschedulable = message;
    notifyAll();
  }

  /** From now on pulls take until {@link #letPull}. */
  public synchronized void holdPulls() {
    holdPulls = true;
  }

  public synchronized void letPull() {
    holdPulls = false;
    notifyAll();
  }

  void mend() {
    letPull();
    refuse(null);
  }

  /** The node loses its power. */
  public void losePower() {
    runs.values().forEach(PodRun::lose);
  }

  /** The folder of a claim. */
  public Path claim(String name) {
    return claims.resolve(name);
  }

  @Override
  public void close() {
    var all = List.copyOf(runs.values());
    all.forEach(PodRun::delete);
    mend();
    try {
      for (var run : all) {
        run.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    client.close();
    Folders.delete(claims);
  }

  String log(String podName) {
    return runs.values().stream()
        .filter(run -> run.isNamed(podName))
        .map(PodRun::log)
        .findFirst()
        .orElse("");
  }

  // ---- for the runs ----

  boolean isolated() {
    return isolated;
  }

  int graceSeconds() {
    return graceSeconds;
  }

  /** What an image has of this machine. */
  List<Path> nodeFolders(String image) {
    return image.equals(MachineImage.NAME) ? MachineImage.FOLDERS : List.of();
  }

  Optional<BuiltImage> image(String name) {
    return Optional.ofNullable(images.get(name)).map(Supplier::get);
  }

  void awaitSchedule(PodRun run, Consumer<String> refusal) throws InterruptedException {
    var told = "";
    while (true) {
      String message;
      synchronized (this) {
        message = unschedulable;
        if (message == null || run.isDeleted()) {
          return;
        }
        if (message.equals(told)) {
          wait();
          continue;
        }
      }
      told = message;
      refusal.accept(message);
    }
  }

  synchronized void wake() {
    notifyAll();
  }

  synchronized void awaitPull(PodRun run) throws InterruptedException {
    while (holdPulls && !run.isDeleted()) {
      wait();
    }
  }

  /** The containers have ended: the pod's finalizer goes, and the pod with it. */
  void ended(Pod pod) {
    runs.remove(pod.getMetadata().getUid());
    while (!release(pod)) {
      // Somebody else has changed it meanwhile.
    }
  }

  private boolean release(Pod pod) {
    try {
      client
          .pods()
          .inNamespace(pod.getMetadata().getNamespace())
          .withName(pod.getMetadata().getName())
          .edit(
              p -> {
                p.getMetadata().setFinalizers(List.of());
                return p;
              });
      return true;
    } catch (KubernetesClientException e) {
      return e.getCode() != HttpURLConnection.HTTP_CONFLICT;
    }
  }

  private void ended(String uid) {
    var run = runs.get(uid);
    if (run != null) {
      run.delete();
    }
  }

  private void seen(Pod pod) {
    var uid = pod.getMetadata().getUid();
    if (pod.getMetadata().getDeletionTimestamp() == null) {
      runs.computeIfAbsent(uid, _ -> new PodRun(client, this, pod, claims));
    } else {
      ended(uid);
    }
  }

  private void changed(ConfigMap map) {
    runs.values()
        .forEach(
            run -> {
              var volume = run.configMaps().get(map.getMetadata().getName());
              if (volume != null) {
                run.configMapChanged(volume, map.getData());
              }
            });
  }
}
