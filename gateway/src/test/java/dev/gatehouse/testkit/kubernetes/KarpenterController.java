package dev.gatehouse.testkit.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Karpenter: takes NodePools up, and makes nodes when the test says that pods need them. */
public final class KarpenterController {
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final ResourceDefinitionContext NODE_POOLS = context("karpenter.sh", "NodePool");

  private final ApiServer server;

  private KarpenterController(ApiServer server) {
    this.server = server;
  }

  /** Karpenter of its own chart, with the node class that a site makes. */
  public static KarpenterController install(ApiServer server) {
    server.install("karpenter.sh");
    server.install("karpenter.k8s.aws");
    create(
        server,
        context("karpenter.k8s.aws", "EC2NodeClass"),
        """
        {"apiVersion": "karpenter.k8s.aws/v1", "kind": "EC2NodeClass",
         "metadata": {"name": "default"},
         "spec": {"role": "KarpenterNodeRole-lab", "amiSelectorTerms": [{"alias": "al2023@latest"}],
          "subnetSelectorTerms": [{"tags": {"karpenter.sh/discovery": "lab"}}],
          "securityGroupSelectorTerms": [{"tags": {"karpenter.sh/discovery": "lab"}}]}}
        """);
    return new KarpenterController(server);
  }

  /** EKS Auto Mode, with the node class that it brings. */
  public static KarpenterController installAutoMode(ApiServer server) {
    server.install("karpenter.sh");
    server.install("eks.amazonaws.com");
    create(
        server,
        context("eks.amazonaws.com", "NodeClass"),
        """
        {"apiVersion": "eks.amazonaws.com/v1", "kind": "NodeClass",
         "metadata": {"name": "default"},
         "spec": {"role": "AmazonEKSAutoNodeRole", "subnetSelectorTerms": [{"id": "subnet-1"}],
          "securityGroupSelectorTerms": [{"id": "sg-1"}],
          "ephemeralStorage": {"size": "80Gi", "iops": 3000}}}
        """);
    return new KarpenterController(server);
  }

  /** It has seen every NodePool as it is now. */
  public void finish() {
    try (var client = server.innerClient()) {
      client
          .genericKubernetesResources(NODE_POOLS)
          .list()
          .getItems()
          .forEach(
              pool -> {
                if (pool.getMetadata().getDeletionTimestamp() == null) {
                  say(client, pool, "Ready", "True", "");
                }
              });
    }
  }

  /** What it says of a NodePool. */
  public void say(String nodePool, String type, String status, String message) {
    try (var client = server.innerClient()) {
      say(
          client,
          client.genericKubernetesResources(NODE_POOLS).withName(nodePool).get(),
          type,
          status,
          message);
    }
  }

  private static void say(
      KubernetesClient client,
      GenericKubernetesResource pool,
      String type,
      String status,
      String message) {
    var condition =
        Map.of(
            "type", type,
            "status", status,
            "reason", type,
            "message", message,
            "observedGeneration", pool.getMetadata().getGeneration(),
            "lastTransitionTime", "2026-11-30T10:00:00Z");
    client
        .genericKubernetesResources(NODE_POOLS)
        .withName(pool.getMetadata().getName())
        .patch(
            MERGE,
            JSON.writeValueAsString(
                Map.of("status", Map.of("conditions", java.util.List.of(condition)))));
  }

  /** A node of the pool joins, and is ready. */
  public static void join(ApiServer server, String name, String pool) {
    try (var client = server.innerClient()) {
      var node =
          new NodeBuilder()
              .withNewMetadata()
              .withName(name)
              .addToLabels("gatehouse.dev/pool", pool)
              .addToLabels("node.kubernetes.io/instance-type", "g5.4xlarge")
              .endMetadata()
              .withNewSpec()
              .endSpec()
              .withNewStatus()
              .addNewCondition()
              .withType("Ready")
              .withStatus("True")
              .withLastTransitionTime("2026-11-30T10:00:00Z")
              .endCondition()
              .endStatus()
              .build();
      client.nodes().resource(node).create();
      client.nodes().resource(node).updateStatus();
    }
  }

  private static void create(ApiServer server, ResourceDefinitionContext kind, String json) {
    try (var client = server.innerClient()) {
      client
          .genericKubernetesResources(kind)
          .resource(JSON.readValue(json, GenericKubernetesResource.class))
          .create();
    }
  }

  private static ResourceDefinitionContext context(String group, String kind) {
    return new ResourceDefinitionContext.Builder()
        .withGroup(group)
        .withVersion("v1")
        .withKind(kind)
        .withPlural(kind.toLowerCase(java.util.Locale.ROOT) + (kind.endsWith("s") ? "es" : "s"))
        .withNamespaced(false)
        .build();
  }
}
