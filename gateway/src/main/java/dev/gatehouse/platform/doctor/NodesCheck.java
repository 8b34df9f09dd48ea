package dev.gatehouse.platform.doctor;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.Hardware;
import dev.gatehouse.cluster.MachineType;
import dev.gatehouse.doctor.Finding;
import dev.gatehouse.nodes.Amount;
import dev.gatehouse.nodes.Node;
import dev.gatehouse.nodes.NodeOverview;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Whether the nodes are well, and each machine type fits one. */
final class NodesCheck extends Looking {

  private final NodeOverview nodes;
  private final Supplier<ClusterDefinition> definition;

  NodesCheck(NodeOverview nodes, Supplier<ClusterDefinition> definition) {
    this.nodes = nodes;
    this.definition = definition;
  }

  @Override
  public String subject() {
    return "Nodes";
  }

  @Override
  List<Finding> look() {
    var report = nodes.latest();
    if (report.isEmpty()) {
      return List.of(
          Finding.notChecked(
              "nodes are not known here", "run 'gatehouse doctor' with a kubeconfig"));
    }
    var all = report.get().nodes();
    if (all.isEmpty()) {
      return List.of(Finding.problem("the cluster has no node", "add one"));
    }
    var findings = new ArrayList<Finding>();
    all.stream().flatMap(n -> of(n).stream()).forEach(findings::add);
    definition.get().machineTypes().values().stream()
        .flatMap(type -> fits(type, all).stream())
        .forEach(findings::add);
    return findings.isEmpty()
        ? List.of(
            Finding.ok("all %d are ready, and each machine type fits one".formatted(all.size())))
        : findings;
  }

  private static List<Finding> of(Node node) {
    if (!node.ready()) {
      return List.of(
          Finding.problem(
              "node %s is not ready".formatted(node.name()),
              "look at its kubelet, or take the node away: 'kubectl describe node %s'"
                  .formatted(node.name())));
    }
    if (!node.pressures().isEmpty()) {
      return List.of(
          Finding.warning(
              "node %s is short of %s"
                  .formatted(node.name(), String.join(" and ", node.pressures())),
              "free some, or add a node: Kubernetes evicts workspaces from it"));
    }
    return node.cordoned()
        ? List.of(
            Finding.warning(
                "node %s is cordoned".formatted(node.name()),
                "'gate node uncordon %s' when its maintenance is over".formatted(node.name())))
        : List.of();
  }

  /** A pool that can grow may have larger nodes than those of now, so it is no problem yet. */
  private static List<Finding> fits(MachineType type, List<Node> nodes) {
    var wanted = amount(type.hardware());
    return nodes.stream().anyMatch(n -> isWithin(wanted, n.allocatable()))
        ? List.of()
        : List.of(
            Finding.warning(
                "machine type %s fits none of the nodes of now".formatted(type.name()),
                "unless a pool grows by a larger one, ask for less or add such a node"));
  }

  private static boolean isWithin(Amount wanted, Amount has) {
    return wanted.millicores() <= has.millicores()
        && wanted.memoryBytes() <= has.memoryBytes()
        && wanted.devices().entrySet().stream()
            .allMatch(d -> has.devices().getOrDefault(d.getKey(), 0L) >= d.getValue());
  }

  private static Amount amount(Hardware hardware) {
    return new Amount(
        hardware.cpu().millicores(),
        hardware.memory().bytes(),
        hardware.gpus() == 0 ? Map.of() : Map.of(hardware.gpuResource(), (long) hardware.gpus()));
  }
}
