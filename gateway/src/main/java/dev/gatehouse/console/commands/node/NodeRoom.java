package dev.gatehouse.console.commands.node;

import dev.gatehouse.cluster.Hardware;
import dev.gatehouse.cluster.Hardware.Toleration;
import dev.gatehouse.nodes.Node;
import dev.gatehouse.nodes.NodeFacts.Taint;

/**
 * How many more workspaces of a machine type a node could hold, were it open to them: by what is
 * free, its labels and its taints. Where a home can be is not looked at.
 */
record NodeRoom(Node node) {
  /** What a cordon adds, which is told apart. */
  private static final String UNSCHEDULABLE = "node.kubernetes.io/unschedulable";

  long holds(Hardware wanted) {
    if (!node.ready() || !fits(wanted)) {
      return 0;
    }
    var room = node.room();
    var most = Math.max(0, (long) node.facts().mostPods() - node.pods());
    most = Math.min(most, room.millicores() / Math.max(1, wanted.cpu().millicores()));
    most = Math.min(most, room.memoryBytes() / Math.max(1, wanted.memory().bytes()));
    return wanted.gpus() == 0
        ? most
        : Math.min(most, room.devices().getOrDefault(wanted.gpuResource(), 0L) / wanted.gpus());
  }

  private boolean fits(Hardware wanted) {
    return wanted.nodeSelector().entrySet().stream()
            .allMatch(l -> l.getValue().equals(node.facts().labels().get(l.getKey())))
        && node.facts().taints().stream()
            .filter(taint -> !taint.isSoft() && !taint.key().equals(UNSCHEDULABLE))
            .allMatch(taint -> tolerates(wanted, taint));
  }

  private static boolean tolerates(Hardware wanted, Taint taint) {
    return wanted.tolerations().stream()
        .filter(t -> t.key().equals(taint.key()))
        .anyMatch(t -> t.value().equals(Toleration.ANY) || t.value().equals(taint.value()));
  }
}
