package dev.gatehouse.platform.doctor;

import dev.gatehouse.doctor.Finding;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;

/** Whether the rules between pods are there. Whether they are kept, {@link NetworkProbe} tries. */
final class IsolationCheck extends Looking {
  private static final String DEFAULT_DENY = "default-deny";

  private final KubernetesClient client;
  private final List<String> namespaces;
  private final boolean isTried;

  /**
   * @param isTried whether a probe tells if they are kept
   */
  IsolationCheck(KubernetesClient client, List<String> namespaces, boolean isTried) {
    this.client = client;
    this.namespaces = List.copyOf(namespaces);
    this.isTried = isTried;
  }

  @Override
  public String subject() {
    return "Isolation";
  }

  @Override
  List<Finding> look() {
    var findings = new ArrayList<Finding>();
    for (var namespace : namespaces) {
      var there =
          client.network().v1().networkPolicies().inNamespace(namespace).list().getItems().stream()
              .anyMatch(p -> p.getMetadata().getName().equals(DEFAULT_DENY));
      findings.add(
          there
              ? Finding.ok("%s denies what is not allowed".formatted(namespace))
              : Finding.problem(
                  "%s has no NetworkPolicy %s: pods reach each other"
                      .formatted(namespace, DEFAULT_DENY),
                  "apply the chart 'foundation' ('gatehouse apply')"));
    }
    if (!isTried) {
      findings.add(
          Finding.notChecked(
              "whether the cluster's network keeps these rules",
              "'gatehouse doctor --probe' tries it with two pods"));
    }
    return findings;
  }
}
