package dev.gatehouse.testkit.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What controllers say of Deployments, StatefulSets and load balancers in a cluster where all goes
 * well. It acts when it is told to, and not by itself: so a test knows what has happened.
 */
public final class RolloutController {
  private static final JsonMapper JSON = new JsonMapper();
  private final KubernetesClient client;
  private final String namespace;
  private @Nullable String jobsFail;

  public RolloutController(ApiServer server, String namespace) {
    this.client = server.innerClient();
    this.namespace = namespace;
  }

  /**
   * Everything that was asked for runs, jobs have ended well, and each load balancer has an
   * address.
   */
  public void finish() {
    for (var kind : List.of("deployments", "statefulsets")) {
      all("/apis/apps/v1/namespaces/%s/%s".formatted(namespace, kind)).forEach(this::ready);
    }
    all("/apis/batch/v1/namespaces/%s/jobs".formatted(namespace)).forEach(this::complete);
    all("/api/v1/namespaces/%s/services".formatted(namespace)).forEach(this::address);
  }

  private List<ObjectNode> all(String path) {
    var list = JSON.readTree(client.raw(path));
    return list.path("items").valueStream().map(ObjectNode.class::cast).toList();
  }

  private void ready(ObjectNode workload) {
    var wanted = workload.at("/spec/replicas").asInt(1);
    var generation = workload.at("/metadata/generation").asLong(1);
    var status =
        Map.of(
            "observedGeneration",
            generation,
            "replicas",
            wanted,
            "updatedReplicas",
            wanted,
            "readyReplicas",
            wanted,
            "availableReplicas",
            wanted);
    set(workload, JSON.valueToTree(status));
  }

  /** From now on jobs have ended badly. */
  public void failJobs(String why) {
    jobsFail = why;
  }

  private void complete(ObjectNode job) {
    set(
        job,
        jobsFail == null
            ? JSON.readTree(
                """
                {"succeeded": 1, "conditions": [{"type": "Complete", "status": "True"}]}
                """)
            : JSON.readTree(
                """
                {"conditions": [{"type": "Failed", "status": "True", "message": "%s"}]}
                """
                    .formatted(jobsFail)));
  }

  private void address(ObjectNode service) {
    if (service.at("/spec/type").asString("").equals("LoadBalancer")) {
      set(
          service,
          JSON.readTree(
              """
              {"loadBalancer": {"ingress": [{"ip": "192.0.2.1"}]}}
              """));
    }
  }

  private void set(ObjectNode object, tools.jackson.databind.JsonNode status) {
    if (!status.equals(object.path("status"))) {
      object.set("status", status);
      client.resource(JSON.convertValue(object, GenericKubernetesResource.class)).updateStatus();
    }
  }
}
