package dev.gatehouse.testkit.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import io.fabric8.kubernetes.api.model.storage.CSIDriver;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an API server says about itself: its kinds, and of OpenAPI as much as Helm asks for, which
 * is whether the server itself checks fields (it does since 1.25, and Helm leaves it to the server
 * then).
 */
final class Discovery {
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> VERBS =
      List.of("create", "delete", "get", "list", "patch", "update", "watch");

  private record Kind(
      String group, String version, String plural, String kind, boolean namespaced) {
    static Kind of(Class<? extends HasMetadata> type) {
      return new Kind(
          Optional.ofNullable(HasMetadata.getGroup(type)).orElse(""),
          HasMetadata.getVersion(type),
          HasMetadata.getPlural(type),
          HasMetadata.getKind(type),
          Namespaced.class.isAssignableFrom(type));
    }

    String groupVersion() {
      return group.isEmpty() ? version : group + "/" + version;
    }

    String path() {
      return group.isEmpty() ? "api/" + version : "apis/" + groupVersion();
    }
  }

  private static final List<Kind> KINDS =
      Stream.concat(
              Stream.of(
                      ConfigMap.class,
                      Endpoints.class,
                      Event.class,
                      LimitRange.class,
                      Namespace.class,
                      Node.class,
                      PersistentVolume.class,
                      PersistentVolumeClaim.class,
                      Pod.class,
                      ResourceQuota.class,
                      Secret.class,
                      Service.class,
                      ServiceAccount.class,
                      CustomResourceDefinition.class,
                      ControllerRevision.class,
                      DaemonSet.class,
                      Deployment.class,
                      ReplicaSet.class,
                      StatefulSet.class,
                      CronJob.class,
                      Job.class,
                      Lease.class,
                      EndpointSlice.class,
                      Ingress.class,
                      NetworkPolicy.class,
                      PodDisruptionBudget.class,
                      ClusterRole.class,
                      ClusterRoleBinding.class,
                      Role.class,
                      RoleBinding.class,
                      PriorityClass.class,
                      CSIDriver.class,
                      StorageClass.class)
                  .map(Kind::of),
              Stream.of(
                  new Kind(
                      "snapshot.storage.k8s.io", "v1", "volumesnapshots", "VolumeSnapshot", true),
                  new Kind(
                      "snapshot.storage.k8s.io",
                      "v1",
                      "volumesnapshotcontents",
                      "VolumeSnapshotContent",
                      false),
                  new Kind(
                      "snapshot.storage.k8s.io",
                      "v1",
                      "volumesnapshotclasses",
                      "VolumeSnapshotClass",
                      false),
                  new Kind("karpenter.sh", "v1", "nodepools", "NodePool", false),
                  new Kind("karpenter.sh", "v1", "nodeclaims", "NodeClaim", false),
                  new Kind("karpenter.k8s.aws", "v1", "ec2nodeclasses", "EC2NodeClass", false),
                  new Kind("eks.amazonaws.com", "v1", "nodeclasses", "NodeClass", false)))
          .toList();

  /** What a cluster has only where somebody has installed it. */
  static final Set<String> OF_KARPENTER =
      Set.of("karpenter.sh", "karpenter.k8s.aws", "eks.amazonaws.com");

  /** By what is lacking, and then by path; each an answer to GET. */
  private static final Map<Set<String>, Map<String, String>> ANSWERS = new ConcurrentHashMap<>();

  private Discovery() {}

  /**
   * @param path without a query
   * @param lacking API groups that are not installed
   */
  static Optional<String> answer(String path, Set<String> lacking) {
    return Optional.ofNullable(
        ANSWERS
            .computeIfAbsent(
                Set.copyOf(lacking),
                absent -> answers(KINDS.stream().filter(k -> !absent.contains(k.group())).toList()))
            .get(path));
  }

  /** Says of a list what it is of, such as SecretList: Go clients take no other. */
  static void nameKind(String path, ObjectNode list) {
    var parts = path.replaceFirst("\\?.*", "");
    KINDS.stream()
        .filter(k -> parts.startsWith("/" + k.path() + "/") && parts.endsWith("/" + k.plural()))
        .findFirst()
        .ifPresent(k -> list.put("apiVersion", k.groupVersion()).put("kind", k.kind() + "List"));
  }

  private static Map<String, String> answers(List<Kind> all) {
    var answers = new TreeMap<String, String>();
    answers.put("/api", "{\"kind\": \"APIVersions\", \"versions\": [\"v1\"]}");
    answers.put("/apis", groups(all).toString());
    var openApi = JSON.createObjectNode();
    for (var path : all.stream().map(Kind::path).distinct().toList()) {
      var kinds = all.stream().filter(k -> k.path().equals(path)).toList();
      answers.put("/" + path, resources(kinds).toString());
      answers.put("/openapi/v3/" + path, openApi(kinds).toString());
      openApi.withObject("/paths").putObject(path).put("serverRelativeURL", "/openapi/v3/" + path);
    }
    answers.put("/openapi/v3", openApi.toString());
    return answers;
  }

  private static ObjectNode groups(List<Kind> all) {
    var list = JSON.createObjectNode().put("kind", "APIGroupList").put("apiVersion", "v1");
    var groups = list.putArray("groups");
    for (var group :
        all.stream().filter(k -> !k.group().isEmpty()).map(Discovery::gv).distinct().toList()) {
      var one = groups.addObject().put("name", group.getFirst());
      one.putArray("versions").add(version(group));
      one.set("preferredVersion", version(group));
    }
    return list;
  }

  private static List<String> gv(Kind kind) {
    return List.of(kind.group(), kind.version());
  }

  private static ObjectNode version(List<String> group) {
    return JSON.createObjectNode()
        .put("groupVersion", String.join("/", group))
        .put("version", group.getLast());
  }

  private static ObjectNode resources(List<Kind> kinds) {
    var list =
        JSON.createObjectNode()
            .put("kind", "APIResourceList")
            .put("apiVersion", "v1")
            .put("groupVersion", kinds.getFirst().groupVersion());
    var resources = list.putArray("resources");
    for (var kind : kinds) {
      var resource =
          resources
              .addObject()
              .put("name", kind.plural())
              .put("singularName", kind.kind().toLowerCase(Locale.ROOT))
              .put("namespaced", kind.namespaced())
              .put("kind", kind.kind());
      VERBS.forEach(resource.putArray("verbs")::add);
    }
    return list;
  }

  /** That each kind's PATCH takes the parameter {@code fieldValidation}. */
  private static ObjectNode openApi(List<Kind> kinds) {
    var document = JSON.createObjectNode().put("openapi", "3.0.0");
    document.putObject("info").put("title", "Kubernetes").put("version", "v1.26.0");
    for (var kind : kinds) {
      var patch =
          document
              .withObject("/paths")
              .putObject("/" + kind.path() + "/" + kind.plural() + "/{name}")
              .putObject("patch");
      patch
          .putArray("parameters")
          .addObject()
          .put("name", "fieldValidation")
          .put("in", "query")
          .putObject("schema")
          .put("type", "string");
      patch
          .putObject("x-kubernetes-group-version-kind")
          .put("group", kind.group())
          .put("version", kind.version())
          .put("kind", kind.kind());
      patch.putObject("responses").putObject("200").put("description", "OK");
    }
    return document;
  }
}
