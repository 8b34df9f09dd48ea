package dev.gatehouse.console.commands.cluster;

import dev.gatehouse.cluster.edit.Edit;
import dev.gatehouse.cluster.edit.NewValue;
import dev.gatehouse.cluster.edit.ValuePath;
import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.DefinitionKey;
import dev.gatehouse.console.changes.ChangeOptions;
import dev.gatehouse.console.changes.DefinitionChange;
import dev.gatehouse.console.changes.ProposalView;
import dev.gatehouse.failure.UserError;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

final class ClusterPlan implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "cluster plan",
          Access.ADMINISTRATOR,
          "Show what a change of the definition would do; nothing is changed",
          "cluster plan < new.yaml",
          "cluster plan machineTypes.gpu.cpu 16");

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "KEY",
      description = "One key; without it, the whole text comes from stdin.")
  private @Nullable DefinitionKey key;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "VALUE",
      description = "Its value, as YAML has it; without it, the key goes.")
  private Optional<String> value = Optional.empty();

  @Override
  public void run(Call call) throws InterruptedException {
    var change = new DefinitionChange(call, new ChangeOptions(), "cluster plan");
    var base = change.base();
    var proposal =
        key == null
            ? change.check(base, text(call))
            : change.check(base, List.of(edit(key.path())));
    new ProposalView(proposal).show(call);
  }

  private Edit edit(ValuePath path) {
    return value
        .<Edit>map(v -> new Edit.Put(path, new NewValue.Yaml(v)))
        .orElseGet(() -> new Edit.Remove(path));
  }

  private static String text(Call call) throws InterruptedException {
    var text = call.input().exactly(ClusterEdit.MOST_BYTES);
    if (text.isBlank()) {
      throw UserError.usage("say what would change: KEY VALUE, or the new text on stdin");
    }
    return text;
  }
}
