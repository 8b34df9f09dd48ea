package dev.gatehouse.console.commands.penalty;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Addresses;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Value;
import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

final class PenaltyClear implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "penalty clear",
          Access.ADMINISTRATOR,
          "Forgive a source, or all of them",
          "penalty clear",
          "penalty clear 192.0.2.7");

  @Parameters(
      arity = "0..1",
      paramLabel = "ADDRESS",
      description = "The source's address; all if left out.")
  private @Nullable InetAddress address;

  @Override
  public void run(Call call) {
    var source = Optional.ofNullable(address);
    var count = call.services().penalties().clear(source);
    call.audit("penalty clear " + source.map(Addresses::text).orElse("all"));
    call.show(
        new Result.Outcome(
            count == 1 ? "1 source is forgiven." : count + " sources are forgiven.",
            Result.Details.of(Result.field("sources", new Value.Count(count)))));
  }
}
