package dev.gatehouse.console.commands.penalty;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Addresses;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.view.Line;
import dev.gatehouse.console.view.Table;
import dev.gatehouse.console.view.Value;
import java.time.Duration;

final class PenaltyList implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "penalty list",
          Access.ADMINISTRATOR,
          "List the sources that are made to wait",
          "penalty list");

  private static final int MOST = 200;

  @Override
  public void run(Call call) {
    var now = call.services().clock().instant();
    call.show(
        Table.of(call.services().penalties().list(MOST))
            .column("source", p -> Value.of(Addresses.text(p.source())))
            .column("for", p -> Value.of(p.reason()))
            .column(
                "state",
                p ->
                    p.active()
                        ? new Value.State("refused", Line.Style.BAD)
                        : new Value.State("watched", Line.Style.DIM))
            .column("left", p -> new Value.Span(Duration.between(now, p.until())))
            .whenEmpty("Nobody is made to wait."));
  }
}
