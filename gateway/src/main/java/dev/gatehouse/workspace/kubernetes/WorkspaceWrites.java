package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.key.KeyFile;
import dev.gatehouse.workspace.WorkspaceSpec;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Every change that is made in the cluster. Each can be made twice, by two gateways at once too,
 * and comes to the same. Calls block; they throw {@link KubernetesClientException}.
 */
final class WorkspaceWrites {
  /** Who owns the fields that are applied. */
  private static final String FIELD_MANAGER = "gatehouse";

  private static final PatchContext MERGE =
      new PatchContext.Builder()
          .withPatchType(PatchType.JSON_MERGE)
          .withFieldManager(FIELD_MANAGER)
          .build();
  static final String HOME_ENDING = "home-ending";

  private static final Duration GONE_WITHIN = Duration.ofMinutes(1);

  private final KubernetesClient client;
  private final String namespace;
  private final Supplier<Manifests> manifests;

  /**
   * @param manifests as the definition says now
   */
  WorkspaceWrites(KubernetesClient client, String namespace, Supplier<Manifests> manifests) {
    this.client = client;
    this.namespace = namespace;
    this.manifests = manifests;
  }

  /**
   * Has it run. All that is to be so is said in one request: no pod begins before the rest is
   * there, and what is said of the replicas is never left to a default, which is 1.
   *
   * @param home how its container sees the home
   * @param prepared what an earlier start has shown
   * @param marks annotations
   * @param alsoBefore what must have happened too before there is a pod
   */
  StatefulSet run(
      WorkspaceSpec spec,
      HomeMount home,
      Prepared prepared,
      Map<String, String> marks,
      Runnable... alsoBefore)
      throws InterruptedException {
    var now = manifests.get();
    var claim = surroundings(now, spec, alsoBefore);
    return apply(spec, now.set(spec, claim, home, prepared, 1, marks));
  }

  /** Makes one that does not run; one that is there stays as it is. */
  void create(WorkspaceSpec spec) throws InterruptedException {
    if (sets(spec).get() == null) {
      var now = manifests.get();
      var claim = surroundings(now, spec);
      var _ = apply(spec, now.set(spec, claim, HomeMount.FOLDER, Prepared.NOTHING, 0, Map.of()));
    }
  }

  /** What the pod mounts, and its Service: made where it is not there. */
  void surroundings(WorkspaceSpec spec, Runnable... alsoBefore) throws InterruptedException {
    var _ = surroundings(manifests.get(), spec, alsoBefore);
  }

  /** Returns the claim of the home, which may have been made under another definition. */
  private PersistentVolumeClaim surroundings(
      Manifests now, WorkspaceSpec spec, Runnable... alsoBefore) throws InterruptedException {
    var claim = new AtomicReference<PersistentVolumeClaim>();
    var requests = new ArrayList<>(List.of(alsoBefore));
    requests.add(() -> identity(now, spec));
    requests.add(() -> claim.set(home(now, spec)));
    requests.add(() -> apply(now.service(spec)));
    AtOnce.run("ask-" + spec.id(), requests.toArray(Runnable[]::new));
    return claim.get();
  }

  private PersistentVolumeClaim home(Manifests now, WorkspaceSpec spec) {
    var claim = createIfAbsent(now.home(spec));
    if (claim.getMetadata().getDeletionTimestamp() != null) {
      // Its name is free again in a moment, or when the last pod that mounts it has ended.
      throw new FailureException(
          new Failure.Unavailable(
              HOME_ENDING,
              "the home is being deleted, which ends when no workspace uses it any more; stop the"
                  + " others, or try again soon"));
    }
    return claim;
  }

  private StatefulSet apply(WorkspaceSpec spec, StatefulSet wanted) {
    try {
      return apply(wanted);
    } catch (KubernetesClientException e) {
      var before = sets(spec).get();
      if (!KubernetesFailures.isImmutable(e) || before == null) {
        throw e;
      }
      return replace(spec, before, wanted);
    }
  }

  /** Another version of Gatehouse made it. The home, the host key and what is marked stay. */
  private StatefulSet replace(WorkspaceSpec spec, StatefulSet before, StatefulSet wanted) {
    sets(spec).withPropagationPolicy(DeletionPropagation.FOREGROUND).delete();
    DeletionWait.await(sets(spec), GONE_WITHIN);
    var made = apply(wanted);
    // Not in the apply: what it says once, and the next one does not, is taken away.
    var marks = new HashMap<String, @Nullable String>(Annotations.of(before));
    marks.keySet().removeAll(made.getMetadata().getAnnotations().keySet());
    return annotate(ObjectName.of(spec.id()), marks).orElse(made);
  }

  private Resource<StatefulSet> sets(WorkspaceSpec spec) {
    return client.apps().statefulSets().inNamespace(namespace).withName(ObjectName.of(spec.id()));
  }

  /** The host key is made once; the CA to trust is the one of now. */
  private void identity(Manifests now, WorkspaceSpec spec) {
    var name = ObjectName.of(spec.id());
    var there = client.secrets().inNamespace(namespace).withName(name).get();
    if (there == null) {
      there = createIfAbsent(now.identity(spec, KeyFile.generateEd25519()));
    }
    if (!Identity.isWhole(there)) {
      // Somebody has emptied it: without its key no sshd begins.
      patchData(name, now.identity(spec, KeyFile.generateEd25519()).getData());
    } else if (!now.trust().entrySet().stream().allMatch(there.getData().entrySet()::contains)) {
      patchData(name, now.trust());
    }
  }

  private void patchData(String secret, Map<String, String> data) {
    client
        .secrets()
        .inNamespace(namespace)
        .withName(secret)
        .patch(MERGE, json(Map.of("data", data)));
  }

  /** As it is now, not as it was last told. */
  Optional<Secret> secret(String workspace) {
    return Optional.ofNullable(client.secrets().inNamespace(namespace).withName(workspace).get());
  }

  /** What is there already stays as it is, and is answered. */
  private <T extends HasMetadata> T createIfAbsent(T wanted) {
    var resource = client.resource(wanted).inNamespace(namespace);
    try {
      var there = resource.get();
      return there != null ? there : resource.create();
    } catch (KubernetesClientException e) {
      var there = KubernetesFailures.isConflict(e) ? resource.get() : null;
      if (there == null) {
        throw e;
      }
      return there;
    }
  }

  private <T extends HasMetadata> T apply(T wanted) {
    return client
        .resource(wanted)
        .inNamespace(namespace)
        .fieldManager(FIELD_MANAGER)
        .forceConflicts()
        .serverSideApply();
  }

  /**
   * Has it stop.
   *
   * @return empty if there is no such workspace
   */
  Optional<StatefulSet> stop(String workspace, Map<String, String> annotations) {
    return patch(
        workspace,
        Map.of("spec", Map.of("replicas", 0), "metadata", Map.of("annotations", annotations)));
  }

  /** As it is now, not as it was last told. */
  Optional<StatefulSet> set(String workspace) {
    return Optional.ofNullable(
        client.apps().statefulSets().inNamespace(namespace).withName(workspace).get());
  }

  /** Stops a workspace unless anything about its set has changed since it was read. */
  boolean stopUnchanged(StatefulSet set, Map<String, String> annotations) {
    try {
      return patch(
              set.getMetadata().getName(),
              Map.of(
                  "spec",
                  Map.of("replicas", 0),
                  "metadata",
                  Map.of(
                      "resourceVersion",
                      set.getMetadata().getResourceVersion(),
                      "annotations",
                      annotations)))
          .isPresent();
    } catch (KubernetesClientException e) {
      if (KubernetesFailures.isConflict(e)) {
        return false;
      }
      throw e;
    }
  }

  Optional<StatefulSet> annotate(String workspace, Map<String, @Nullable String> annotations) {
    return patch(workspace, Map.of("metadata", Map.of("annotations", annotations)));
  }

  Optional<StatefulSet> label(String workspace, Map<String, String> labels) {
    return patch(workspace, Map.of("metadata", Map.of("labels", labels)));
  }

  private Optional<StatefulSet> patch(String workspace, Map<String, ?> change) {
    try {
      return Optional.ofNullable(
          client
              .apps()
              .statefulSets()
              .inNamespace(namespace)
              .withName(workspace)
              .patch(MERGE, json(change)));
    } catch (KubernetesClientException e) {
      if (KubernetesFailures.isNotFound(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The home stays: it is the person's. */
  void delete(String workspace) {
    client.apps().statefulSets().inNamespace(namespace).withName(workspace).delete();
    client.services().inNamespace(namespace).withName(workspace).delete();
    client.secrets().inNamespace(namespace).withName(workspace).delete();
  }

  /** The last lines that a container wrote, of its last run if that has ended. */
  List<String> log(String pod, String container, int lines, boolean lastRun) {
    var logs = client.pods().inNamespace(namespace).withName(pod).inContainer(container);
    var text =
        lastRun
            ? logs.terminated().tailingLines(lines).getLog()
            : logs.tailingLines(lines).getLog();
    return text == null ? List.of() : text.lines().toList();
  }

  private static String json(Map<String, ?> change) {
    return Serialization.asJson(new HashMap<>(change));
  }
}
