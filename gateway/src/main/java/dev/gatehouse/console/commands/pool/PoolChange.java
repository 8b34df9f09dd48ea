package dev.gatehouse.console.commands.pool;

import dev.gatehouse.cluster.edit.Edit;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.changes.ChangeOptions;
import dev.gatehouse.console.changes.DefinitionChange;
import dev.gatehouse.console.changes.OperatorWatch;
import java.util.List;
import picocli.CommandLine.Option;

/** A change of pools: in the definition, and then by the operator, which is watched. */
final class PoolChange {
  @Option(
      names = "--no-wait",
      description = "Do not watch the operator make it so; it goes on by itself.")
  private boolean isNotAwaited;

  /**
   * @param what of the command line, for the log
   */
  void run(Call call, ChangeOptions options, String what, List<Edit> edits)
      throws InterruptedException {
    var before = call.services().definitions().store().current().number();
    new DefinitionChange(call, options, what).run(edits);
    var isChanged = call.services().definitions().store().current().number() > before;
    var operator = call.services().definitions().operator();
    if (isChanged && !isNotAwaited && operator.isPresent()) {
      new OperatorWatch(call, operator.get()).run(what);
    }
  }
}
