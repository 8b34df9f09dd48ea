package dev.gatehouse.testkit.kubernetes;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatusBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the controller manager does for StatefulSets of one replica, and for claims. */
public final class Controllers implements AutoCloseable {
  private static final ResourceDefinitionContext SNAPSHOTS =
      new ResourceDefinitionContext.Builder()
          .withGroup("snapshot.storage.k8s.io")
          .withVersion("v1")
          .withKind("VolumeSnapshot")
          .withPlural("volumesnapshots")
          .withNamespaced(true)
          .build();

  static final String CLAIM_PROTECTION = "kubernetes.io/pvc-protection";

  private static final long TRY_AGAIN_MILLIS = 50;

  private final KubernetesClient client;
  private final String namespace;

  /** One thing after the other, as a controller's queue. */
  private final ScheduledExecutorService queue = Executors.newSingleThreadScheduledExecutor();

  /** What the snapshot of a home takes. */
  public static final String SNAPSHOT_SIZE = "20Gi";

  private volatile @Nullable String quota;
  private volatile @Nullable String noSnapshots;

  public Controllers(ApiServer server, String namespace) {
    this.client = server.innerClient();
    this.namespace = namespace;
    client.apps().statefulSets().inNamespace(namespace).inform(new Queued<>(this::reconcile));
    client.pods().inNamespace(namespace).inform(new Queued<>(this::podChanged));
    client.persistentVolumeClaims().inNamespace(namespace).inform(new Queued<>(this::claim));
  }

  /** From now on no pod is made; null takes that back. */
  public void refusePods(@Nullable String message) {
    quota = message;
  }

  /** From now on the cluster has snapshots of volumes, and each is ready at once. */
  public void makeSnapshots() {
    client
        .genericKubernetesResources(SNAPSHOTS)
        .inNamespace(namespace)
        .inform(new Queued<>(this::snapshot));
  }

  /** From now on the snapshotter says this of each new one; null takes that back. */
  public void refuseSnapshots(@Nullable String message) {
    noSnapshots = message;
  }

  /** From now on Jobs are complete at once, without a pod. */
  public void finishJobs() {
    client.batch().v1().jobs().inNamespace(namespace).inform(new Queued<>(this::finish));
  }

  private void finish(Job job) {
    if (job.getStatus() == null) {
      job.setStatus(
          new JobStatusBuilder()
              .addNewCondition()
              .withType("Complete")
              .withStatus("True")
              .endCondition()
              .build());
      client.resource(job).updateStatus();
    }
  }

  /** Deletes the snapshots. */
  void clear() {
    client.genericKubernetesResources(SNAPSHOTS).inNamespace(namespace).delete();
  }

  private void snapshot(GenericKubernetesResource snapshot) {
    if (snapshot.get("status") == null) {
      var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
      snapshot.setAdditionalProperty("status", noSnapshots == null ? ready(now) : error(now));
      client.genericKubernetesResources(SNAPSHOTS).resource(snapshot).update();
    }
  }

  private static Map<String, Object> ready(Instant now) {
    return Map.of("readyToUse", true, "creationTime", now.toString(), "restoreSize", SNAPSHOT_SIZE);
  }

  /** As the external-snapshotter says it, which then tries again for ever. */
  private Map<String, Object> error(Instant now) {
    return Map.of(
        "readyToUse", false, "error", Map.of("time", now.toString(), "message", noSnapshots));
  }

  @Override
  public void close() {
    client.close();
    queue.shutdownNow();
  }

  private StatefulSet setOf(Pod pod) {
    var name = pod.getMetadata().getName().replaceFirst("-0$", "");
    return client.apps().statefulSets().inNamespace(namespace).withName(name).get();
  }

  private void reconcile(@Nullable StatefulSet known) {
    if (known == null) {
      return;
    }
    var name = known.getMetadata().getName();
    var set = client.apps().statefulSets().inNamespace(namespace).withName(name).get();
    var pods = client.pods().inNamespace(namespace).withName(name + "-0");
    var pod = pods.get();
    if (set == null) {
      if (pod != null && pod.getMetadata().getDeletionTimestamp() == null) {
        delete(pod); // the garbage collector would
      }
      return;
    }
    if (pod != null && pod.getMetadata().getDeletionTimestamp() == null && !isOf(set, pod)) {
      delete(pod); // the garbage collector would: another set of that name made it
      heed(set);
      return;
    }
    var wanted = Optional.ofNullable(set.getSpec().getReplicas()).orElse(1);
    if (wanted == 0 && pod != null && pod.getMetadata().getDeletionTimestamp() == null) {
      delete(pod);
    } else if (wanted == 1 && pod == null) {
      create(set);
    }
    heed(set);
  }

  private static boolean isOf(StatefulSet set, Pod pod) {
    return pod.getMetadata().getOwnerReferences().stream()
        .allMatch(owner -> owner.getUid().equals(set.getMetadata().getUid()));
  }

  private void heed(StatefulSet set) {
    var generation = set.getMetadata().getGeneration();
    var heeded = set.getStatus() == null ? null : set.getStatus().getObservedGeneration();
    if (!generation.equals(heeded)) {
      set.setStatus(new StatefulSetStatusBuilder().withObservedGeneration(generation).build());
      client.resource(set).updateStatus();
    }
  }

  private void create(StatefulSet set) {
    var name = set.getMetadata().getName();
    var refusal = quota;
    if (refusal != null) {
      event(
          set,
          "StatefulSet",
          "FailedCreate",
          "create Pod %s-0 in StatefulSet %s failed error: %s".formatted(name, name, refusal));
      return;
    }
    var node = node();
    var template = set.getSpec().getTemplate();
    var spec =
        template
            .getSpec()
            .edit()
            .withHostname(name + "-0")
            .withSubdomain(set.getSpec().getServiceName())
            .withNodeName(node.orElse(null))
            .build();
    client
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withName(name + "-0")
                .withNamespace(namespace)
                .withLabels(template.getMetadata().getLabels())
                .addToLabels("statefulset.kubernetes.io/pod-name", name + "-0")
                .withAnnotations(template.getMetadata().getAnnotations())
                .addToFinalizers("gatehouse.test/kubelet")
                .addNewOwnerReference()
                .withApiVersion("apps/v1")
                .withKind("StatefulSet")
                .withName(name)
                .withUid(set.getMetadata().getUid())
                .withController(true)
                .endOwnerReference()
                .endMetadata()
                .withSpec(spec)
                .build())
        .create();
  }

  /**
   * As the scheduler, which is quick here: the first node that is open. A cluster of which a test
   * says nothing has one without a name.
   */
  private Optional<String> node() {
    return client.nodes().list().getItems().stream()
        .filter(node -> node.getSpec() == null || node.getSpec().getUnschedulable() == null)
        .map(node -> node.getMetadata().getName())
        .sorted()
        .findFirst();
  }

  /** The kubelet takes the finalizer away when the containers have ended. */
  private void delete(Pod pod) {
    client.pods().resource(pod).delete();
  }

  private void podChanged(Pod pod) {
    reconcile(setOf(pod));
    client.persistentVolumeClaims().inNamespace(namespace).list().getItems().stream()
        .filter(claim -> claim.getMetadata().getDeletionTimestamp() != null)
        .forEach(this::unprotect);
  }

  private void claim(PersistentVolumeClaim known) {
    var claim = client.persistentVolumeClaims().resource(known).get();
    if (claim != null && claim.getMetadata().getDeletionTimestamp() != null) {
      unprotect(claim);
    } else if (claim != null) {
      bind(claim);
    }
  }

  /** A claim that is deleted goes when no pod mounts it any more. */
  private void unprotect(PersistentVolumeClaim claim) {
    var used =
        client.pods().inNamespace(namespace).list().getItems().stream()
            .flatMap(pod -> pod.getSpec().getVolumes().stream())
            .filter(volume -> volume.getPersistentVolumeClaim() != null)
            .map(volume -> volume.getPersistentVolumeClaim().getClaimName())
            .anyMatch(claim.getMetadata().getName()::equals);
    if (!used) {
      client
          .persistentVolumeClaims()
          .resource(claim)
          .edit(c -> c.edit().editMetadata().withFinalizers(List.of()).endMetadata().build());
    }
  }

  private void bind(PersistentVolumeClaim claim) {
    if (claim.getStatus() == null || !"Bound".equals(claim.getStatus().getPhase())) {
      claim.setStatus(new PersistentVolumeClaimStatusBuilder().withPhase("Bound").build());
      client.resource(claim).updateStatus();
    }
  }

  private void event(HasMetadata about, String kind, String reason, String message) {
    record(client, about, kind, reason, message, "Warning");
  }

  /** As a component of Kubernetes writes an event. */
  static void record(
      KubernetesClient client,
      HasMetadata about,
      String kind,
      String reason,
      String message,
      String type) {
    var now = Instant.now().toString();
    client
        .resource(
            new EventBuilder()
                .withNewMetadata()
                .withName(about.getMetadata().getName() + "." + UUID.randomUUID())
                .withNamespace(about.getMetadata().getNamespace())
                .endMetadata()
                .withInvolvedObject(
                    new ObjectReferenceBuilder()
                        .withKind(kind)
                        .withName(about.getMetadata().getName())
                        .withNamespace(about.getMetadata().getNamespace())
                        .withUid(about.getMetadata().getUid())
                        .build())
                .withReason(reason)
                .withMessage(message)
                .withType(type)
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .withCount(1)
                .build())
        .create();
  }

  private interface Reconciler<T> {
    void reconcile(T object);
  }

  private final class Queued<T extends HasMetadata> implements ResourceEventHandler<T> {
    private final Reconciler<T> reconciler;

    private Queued(Reconciler<T> reconciler) {
      this.reconciler = reconciler;
    }

    @Override
    public void onAdd(T added) {
      submit(added);
    }

    @Override
    public void onUpdate(T before, T now) {
      submit(now);
    }

    @Override
    public void onDelete(T gone, boolean finalStateUnknown) {
      submit(gone);
    }

    private void submit(T object) {
      later(object, 0);
    }

    /** Tries again until it works, as a controller's queue does. */
    private void later(T object, long millis) {
      try {
        var _ = queue.schedule(() -> attempt(object), millis, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        // The test is over.
      }
    }

    private void attempt(T object) {
      try {
        reconciler.reconcile(object);
      } catch (KubernetesClientException e) {
        later(object, TRY_AGAIN_MILLIS);
      }
    }
  }
}
