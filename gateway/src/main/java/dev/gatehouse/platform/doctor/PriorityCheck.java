package dev.gatehouse.platform.doctor;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.doctor.Finding;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Whether the priority classes are there: a pod that names a missing one is not made. */
final class PriorityCheck extends Looking {
  private static final List<String> OURS = List.of("gatehouse-platform", "gatehouse-workspace");

  private final KubernetesClient client;
  private final Supplier<ClusterDefinition> definition;

  PriorityCheck(KubernetesClient client, Supplier<ClusterDefinition> definition) {
    this.client = client;
    this.definition = definition;
  }

  @Override
  public String subject() {
    return "Priorities";
  }

  @Override
  List<Finding> look() {
    var there =
        client.scheduling().v1().priorityClasses().list().getItems().stream()
            .map(c -> c.getMetadata().getName())
            .collect(Collectors.toSet());
    var findings = new ArrayList<Finding>();
    OURS.stream()
        .filter(name -> !there.contains(name))
        .map(
            name ->
                Finding.problem(
                    "there is no priority class " + name,
                    "apply the chart 'foundation' ('gatehouse apply')"))
        .forEach(findings::add);
    for (var type : definition.get().machineTypes().values()) {
      type.hardware()
          .priorityClass()
          .filter(name -> !there.contains(name))
          .map(
              name ->
                  Finding.problem(
                      "machine type %s names the priority class %s, which is not there"
                          .formatted(type.name(), name),
                      "correct its priorityClass, or make the class"))
          .ifPresent(findings::add);
    }
    return findings.isEmpty() ? List.of(Finding.ok("all that are named are there")) : findings;
  }
}
