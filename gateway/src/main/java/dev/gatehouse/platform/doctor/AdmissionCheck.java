package dev.gatehouse.platform.doctor;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.doctor.Finding;
import dev.gatehouse.workspace.kubernetes.SamplePod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Whether the cluster would let a workspace's pod in: Pod Security, webhooks, quotas and limit
 * ranges all have a word. Nothing is made (dry run).
 */
final class AdmissionCheck extends Looking {
  /** Unprocessable: the object itself is wrong. */
  private static final int INVALID = 422;

  private final KubernetesClient client;
  private final Supplier<ClusterDefinition> definition;

  AdmissionCheck(KubernetesClient client, Supplier<ClusterDefinition> definition) {
    this.client = client;
    this.definition = definition;
  }

  @Override
  public String subject() {
    return "Admission";
  }

  @Override
  List<Finding> look() {
    var settings = definition.get().kubernetes();
    var findings = new ArrayList<Finding>();
    for (var type : definition.get().machineTypes().values()) {
      try {
        var _ = client.resource(SamplePod.of(settings, type)).dryRun(true).create();
      } catch (KubernetesClientException e) {
        findings.add(refused(type.name().value(), e));
      }
    }
    return findings.isEmpty()
        ? List.of(Finding.ok("a pod of each machine type would be let in (dry run)"))
        : findings;
  }

  private static Finding refused(String type, KubernetesClientException e) {
    var isRefusal =
        e.getCode() == INVALID
            || e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
            || e.getCode() == HttpURLConnection.HTTP_BAD_REQUEST;
    if (!isRefusal || isRbac(e)) {
      throw e;
    }
    return Finding.problem(
        "a pod of machine type %s is refused: %s".formatted(type, message(e)),
        "change the machine type, or the policy that refuses it");
  }

  /** Both are 403; only this one is about who asks. */
  private static boolean isRbac(KubernetesClientException e) {
    return message(e).contains("cannot create resource");
  }

  private static String message(KubernetesClientException e) {
    return e.getStatus() == null || e.getStatus().getMessage() == null
        ? String.valueOf(e.getMessage())
        : e.getStatus().getMessage();
  }
}
