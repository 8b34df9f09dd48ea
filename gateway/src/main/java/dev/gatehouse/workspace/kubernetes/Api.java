package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.key.KeyFile;
import dev.gatehouse.workspace.WorkspaceSpec;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Every change that is made in the cluster. Each can be made twice, by two gateways at once too,
 * and comes to the same. Calls block; they throw {@link KubernetesClientException}.
 */
final class Api {
  /** Who owns the fields that are applied. */
  private static final String FIELD_MANAGER = "gatehouse";

  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
  private static final long GONE_SECONDS = 60;

  private final KubernetesClient client;
  private final String namespace;
  private final Manifests manifests;

  Api(KubernetesClient client, String namespace, Manifests manifests) {
    this.client = client;
    this.namespace = namespace;
    this.manifests = manifests;
  }

  /** Brings everything about the workspace to what it should be, but not to life. */
  StatefulSet prepare(WorkspaceSpec spec, boolean stopped) {
    identity(spec);
    createIfAbsent(manifests.home(spec));
    apply(manifests.service(spec));
    var set = manifests.set(spec);
    if (stopped) {
      set.getSpec().setReplicas(0);
    }
    try {
      return apply(set);
    } catch (KubernetesClientException e) {
      if (!KubernetesFailures.isInvalid(e) || sets(spec).get() == null) {
        throw e;
      }
      // A field that cannot be changed: another version of Gatehouse made it. The home stays.
      sets(spec).withPropagationPolicy(DeletionPropagation.FOREGROUND).delete();
      sets(spec).waitUntilCondition(java.util.Objects::isNull, GONE_SECONDS, TimeUnit.SECONDS);
      return apply(set);
    }
  }

  private Resource<StatefulSet> sets(WorkspaceSpec spec) {
    return client.apps().statefulSets().inNamespace(namespace).withName(ObjectName.of(spec.id()));
  }

  /** The host key is made once; the CA to trust is the one of now. */
  private void identity(WorkspaceSpec spec) {
    var name = ObjectName.of(spec.id());
    var there = client.secrets().inNamespace(namespace).withName(name).get();
    if (there == null) {
      there = createIfAbsent(manifests.identity(spec, KeyFile.generateEd25519()));
    }
    if (!manifests.trust().entrySet().stream().allMatch(there.getData().entrySet()::contains)) {
      client
          .secrets()
          .inNamespace(namespace)
          .withName(name)
          .patch(MERGE, json(Map.of("data", manifests.trust())));
    }
  }

  /** What is there already stays as it is, and is answered. */
  private <T extends HasMetadata> T createIfAbsent(T wanted) {
    var resource = client.resource(wanted).inNamespace(namespace);
    try {
      var there = resource.get();
      return there != null ? there : resource.create();
    } catch (KubernetesClientException e) {
      if (KubernetesFailures.isConflict(e)) {
        return resource.get();
      }
      throw e;
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
   * Changes how many pods run a workspace.
   *
   * @param annotations null takes one away
   * @return empty if there is no such workspace
   */
  Optional<StatefulSet> scale(
      String workspace, int replicas, Map<String, @Nullable String> annotations) {
    return patch(
        workspace,
        Map.of(
            "spec", Map.of("replicas", replicas), "metadata", Map.of("annotations", annotations)));
  }

  /** As it is now, not as it was last told. */
  Optional<StatefulSet> set(String workspace) {
    return Optional.ofNullable(
        client.apps().statefulSets().inNamespace(namespace).withName(workspace).get());
  }

  /** Stops a workspace unless anything about its set has changed since it was read. */
  boolean stopUnchanged(StatefulSet set, Map<String, @Nullable String> annotations) {
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
