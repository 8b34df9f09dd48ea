package dev.gatehouse.testkit.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Says of each pod at once that it runs, on this machine's loopback, and runs nothing. */
public final class PretendingKubelet implements AutoCloseable {
  private static final long TRY_AGAIN_MILLIS = 50;

  private final KubernetesClient client;
  private final String namespace;
  private final ScheduledExecutorService queue = Executors.newSingleThreadScheduledExecutor();
  private volatile boolean held;
  private volatile boolean lost;
  private volatile String unready = "";
  private volatile String speaker = "";
  private volatile String lastWord = "";
  private volatile String imageId = "sha256:1";

  public PretendingKubelet(ApiServer server, String namespace) {
    this.client = server.innerClient();
    this.namespace = namespace;
    client
        .pods()
        .inNamespace(namespace)
        .inform(
            new ResourceEventHandler<Pod>() {
              @Override
              public void onAdd(Pod pod) {
                lookAgain();
              }

              @Override
              public void onUpdate(Pod before, Pod pod) {
                lookAgain();
              }

              @Override
              public void onDelete(Pod pod, boolean unknown) {}
            });
  }

  /** From now on no pod gets ready. */
  public void hold() {
    held = true;
  }

  public void release() {
    held = false;
    lookAgain();
  }

  /** From now on pods get this address, and no probe of theirs succeeds. */
  public void stayUnready(String podAddress) {
    unready = podAddress;
  }

  /** From now on init containers of this name end with this termination message. */
  public void lastWord(String initContainer, String message) {
    speaker = initContainer;
    lastWord = message;
  }

  /** From now on this is behind the names of images. */
  public void imageId(String id) {
    imageId = id;
  }

  /** The node is gone: its pods stay as they are, deleted or not. */
  public void lose() {
    lost = true;
  }

  /** The node is gone for good, and the cluster takes its pods for ended. */
  public void giveUp() {
    lost = false;
    lookAgain();
  }

  void mend() {
    held = false;
    unready = "";
    speaker = "";
    imageId = "sha256:1";
    giveUp();
  }

  @Override
  public void close() {
    queue.shutdownNow();
    client.close();
  }

  private void lookAgain() {
    later(0);
  }

  private void later(long millis) {
    try {
      var _ = queue.schedule(this::lookNow, millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // The test is over.
    }
  }

  private void lookNow() {
    try {
      client.pods().inNamespace(namespace).list().getItems().forEach(this::look);
    } catch (KubernetesClientException e) {
      later(TRY_AGAIN_MILLIS);
    }
  }

  private void look(Pod pod) {
    var resource = client.pods().resource(pod);
    if (lost) {
      return;
    }
    if (pod.getMetadata().getDeletionTimestamp() != null) {
      resource.edit(p -> p.edit().editMetadata().withFinalizers(List.of()).endMetadata().build());
    } else if (!held && (pod.getStatus() == null || pod.getStatus().getPodIP() == null)) {
      var missing = MissingVolume.of(client, pod);
      if (missing.isPresent()) {
        missing.get().tell(client, pod);
        later(TRY_AGAIN_MILLIS);
      } else {
        resource.editStatus(p -> p.edit().withStatus(status(p)).build());
      }
    }
  }

  private ContainerStatus ended(Container container) {
    return new ContainerStatusBuilder()
        .withName(container.getName())
        .withImage(container.getImage())
        .withImageID(imageId)
        .withNewState()
        .withNewTerminated()
        .withExitCode(0)
        .withMessage(container.getName().equals(speaker) ? lastWord : null)
        .endTerminated()
        .endState()
        .build();
  }

  private PodStatus status(Pod pod) {
    return unready.isEmpty()
        ? running(pod).build()
        : new PodStatusBuilder().withPhase("Pending").withPodIP(unready).build();
  }

  private PodStatusBuilder running(Pod pod) {
    var container = pod.getSpec().getContainers().getFirst();
    return new PodStatusBuilder()
        .withInitContainerStatuses(
            pod.getSpec().getInitContainers().stream().map(this::ended).toList())
        .addNewContainerStatus()
        .withName(container.getName())
        .withImage(container.getImage())
        .withImageID(imageId)
        .withReady(true)
        .withStarted(true)
        .withRestartCount(0)
        .withNewState()
        .withNewRunning(Instant.now().toString())
        .endState()
        .endContainerStatus()
        .addNewCondition()
        .withType("ContainersReady")
        .withStatus("True")
        .withLastTransitionTime(Instant.now().toString())
        .endCondition()
        .withPhase("Running")
        .withPodIP("127.0.0.1")
        .addNewCondition()
        .withType("Ready")
        .withStatus("True")
        .withLastTransitionTime(Instant.now().toString())
        .endCondition();
  }
}
