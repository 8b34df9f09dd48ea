package dev.gatehouse.console.commands.node;

import dev.gatehouse.console.view.Line;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.nodes.Node;

/** How what is known of a node is shown, in every command the same. */
final class NodeColumns {
  private NodeColumns() {}

  static Value state(String state) {
    var style =
        switch (state) {
          case "ready" -> Line.Style.GOOD;
          case "cordoned" -> Line.Style.DIM;
          case "draining", "waits to be drained" -> Line.Style.BUSY;
          default -> Line.Style.BAD;
        };
    return new Value.State(state, style);
  }

  static Value orNone(String text) {
    return text.isEmpty() ? new Value.None() : Value.of(text);
  }

  static Value cpuFree(Node node) {
    return new Value.Cores(node.room().millicores());
  }

  static Value memoryFree(Node node) {
    return new Value.Bytes(node.room().memoryBytes());
  }

  static Value gpus(Node node) {
    return node.allocatable().gpus() == 0
        ? new Value.None()
        : new Value.Count(node.allocatable().gpus());
  }

  static Value gpusFree(Node node) {
    return node.allocatable().gpus() == 0 ? new Value.None() : new Value.Count(node.room().gpus());
  }
}
