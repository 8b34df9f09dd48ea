package dev.gatehouse.console.commands.cluster;

import dev.gatehouse.cluster.revisions.Revision;
import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.RevisionNumber;
import dev.gatehouse.console.changes.ChangeOptions;
import dev.gatehouse.console.changes.DefinitionChange;
import dev.gatehouse.failure.UserError;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

final class ClusterEdit implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "cluster edit",
          Access.ADMINISTRATOR,
          "Edit the definition on your terminal, or replace it by the text on stdin",
          "cluster edit",
          "cluster edit --yes -m nightly < new.yaml",
          "cluster edit --revision 7 < new.yaml");

  /** As many as the file reader takes. */
  static final int MOST_BYTES = 4 << 20;

  @Option(
      names = "--revision",
      paramLabel = "REV",
      description = "The revision that the text on stdin was made from; refused if it is not the"
          + " current one any more.")
  private @Nullable RevisionNumber from;

  @Mixin private final ChangeOptions options = new ChangeOptions();

  @Override
  public void run(Call call) throws InterruptedException {
    var change = new DefinitionChange(call, options, "cluster edit");
    if (call.screen().look().terminal()) {
      new EditorSession(call, change).run();
    } else {
      fromStdin(change, call);
    }
  }

  private void fromStdin(DefinitionChange change, Call call) throws InterruptedException {
    var base = change.writableBase();
    var text = call.input().exactly(MOST_BYTES);
    if (text.isEmpty()) {
      // ssh without a terminal and without a file: what was meant is the editor.
      throw UserError.usage(
          "there is no text on stdin; 'ssh -t HOST gate cluster edit' opens an editor");
    }
    change.save(change.check(made(base), text));
  }

  /** The text may be older than what is current now: then saving it is a conflict. */
  private Revision made(Revision base) {
    return from == null ? base : new Revision(from.value(), base.text(), base.when(), base.author());
  }
}
