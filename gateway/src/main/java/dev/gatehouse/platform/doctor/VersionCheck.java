package dev.gatehouse.platform.doctor;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.doctor.Finding;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Whether the cluster is new enough for what the definition asks. */
final class VersionCheck extends Looking {
  private static final int LEAST = 26;

  /** User namespaces of pods. */
  private static final int LEAST_FOR_ROOT = 30;

  private static final Pattern DIGITS = Pattern.compile("\\d+");

  private final KubernetesClient client;
  private final Supplier<ClusterDefinition> definition;

  VersionCheck(KubernetesClient client, Supplier<ClusterDefinition> definition) {
    this.client = client;
    this.definition = definition;
  }

  @Override
  public String subject() {
    return "Kubernetes";
  }

  @Override
  List<Finding> look() {
    var version = client.getKubernetesVersion();
    var major = number(version.getMajor());
    var minor = number(version.getMinor());
    var name = "Kubernetes %d.%d".formatted(major, minor);
    if (major < 1 || (major == 1 && minor < LEAST)) {
      return List.of(
          Finding.problem(name + " is too old", "upgrade the cluster to 1." + LEAST + " or newer"));
    }
    var findings = new ArrayList<>(List.of(Finding.ok(name + " answers")));
    if (major == 1 && minor < LEAST_FOR_ROOT) {
      definition.get().machineTypes().values().stream()
          .filter(type -> type.hardware().root())
          .map(
              type ->
                  Finding.problem(
                      "machine type %s has root: true, which %s cannot do"
                          .formatted(type.name(), name),
                      "upgrade to 1.%d, or take root from it".formatted(LEAST_FOR_ROOT)))
          .forEach(findings::add);
    }
    return findings;
  }

  @Override
  Finding unanswered() {
    return Finding.problem(
        "the API server does not answer", "check the kubeconfig's address and the way there");
  }

  /** Some clouds write {@code 31+}. */
  private static int number(String text) {
    var digits = DIGITS.matcher(text);
    return digits.find() ? Integer.parseInt(digits.group()) : 0;
  }
}
