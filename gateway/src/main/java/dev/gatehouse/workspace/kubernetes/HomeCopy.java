package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.cluster.KubernetesSettings;
import dev.gatehouse.directory.Person;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.name.Username;
import dev.gatehouse.workspace.HomeSnapshot;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ScalableResource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies what a snapshot holds into a folder of the home, by a Job as the person. The Job is called
 * after the snapshot, so that who asks twice waits for the same; it owns the volume that is made
 * from the snapshot, and Kubernetes takes both away a minute after its end, whatever becomes of
 * this gateway and however many wait.
 */
final class HomeCopy {
  private static final Logger LOG = LoggerFactory.getLogger(HomeCopy.class);
  private static final long LOOK_AGAIN_MILLIS = 500;

  private final KubernetesClient client;
  private final String namespace;
  private final Supplier<KubernetesSettings> settings;
  private final Cluster cluster;

  HomeCopy(
      KubernetesClient client,
      String namespace,
      Supplier<KubernetesSettings> settings,
      Cluster cluster) {
    this.client = client;
    this.namespace = namespace;
    this.settings = settings;
    this.cluster = cluster;
  }

  /** Returns the folder, from the home on, when all of it is there. */
  String run(Person owner, PersistentVolumeClaim home, HomeSnapshot snapshot)
      throws InterruptedException {
    var objects = new CopyJob(settings.get(), owner, home, snapshot);
    var job = make(objects.job(runsSomething(owner.username())));
    make(objects.volume(job));
    await(job, snapshot);
    LOG.info(
        "[snapshot-copied] {} to {} of {}", snapshot.name(), objects.folder(), owner.username());
    return objects.folder();
  }

  private boolean runsSomething(Username owner) {
    return cluster.podsOf(owner).stream().anyMatch(pod -> !View.isEnding(pod));
  }

  private Job make(Job job) {
    try {
      return client.resource(job).inNamespace(namespace).create();
    } catch (KubernetesClientException e) {
      var there = KubernetesFailures.isConflict(e) ? jobs(job.getMetadata().getName()).get() : null;
      if (there == null) {
        throw e;
      }
      return there;
    }
  }

  private void make(PersistentVolumeClaim volume) {
    try {
      client.resource(volume).inNamespace(namespace).create();
    } catch (KubernetesClientException e) {
      if (!KubernetesFailures.isConflict(e)) {
        throw e;
      }
    }
  }

  private ScalableResource<Job> jobs(String name) {
    return client.batch().v1().jobs().inNamespace(namespace).withName(name);
  }

  /** As long as the Job may take; it has a limit of its own. */
  private void await(Job job, HomeSnapshot snapshot) throws InterruptedException {
    var name = job.getMetadata().getName();
    while (true) {
      var now = jobs(name).get();
      if (now == null) {
        throw failed(snapshot, "somebody has deleted its Job " + name);
      }
      if (is(now, "Complete")) {
        return;
      }
      if (is(now, "Failed")) {
        throw failed(snapshot, reason(cluster.podsOf(snapshot.owner())));
      }
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
  }

  private static boolean is(Job job, String condition) {
    return Optional.ofNullable(job.getStatus()).stream()
        .flatMap(status -> status.getConditions().stream())
        .anyMatch(c -> condition.equals(c.getType()) && "True".equals(c.getStatus()));
  }

  private static FailureException failed(HomeSnapshot snapshot, String why) {
    return new FailureException(
        new Failure.Unavailable(
            "copy-failed",
            "%s could not be copied into the home: %s".formatted(snapshot.name(), why)));
  }

  /** What the copying container said last. */
  static String reason(List<Pod> pods) {
    return pods.stream()
        .filter(CopyJob::isOfCopy)
        .flatMap(HomeCopy::words)
        .findFirst()
        .orElse("it took too long, or found no room on a node");
  }

  private static Stream<String> words(Pod pod) {
    return Optional.ofNullable(pod.getStatus())
        .map(status -> status.getContainerStatuses())
        .orElse(List.<ContainerStatus>of())
        .stream()
        .flatMap(container -> Stream.of(container.getState(), container.getLastState()))
        .filter(state -> state != null && state.getTerminated() != null)
        .map(state -> state.getTerminated().getMessage())
        .filter(message -> message != null && !message.isBlank())
        .map(message -> Quote.plain(message.strip()));
  }
}
