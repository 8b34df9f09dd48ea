package dev.gatehouse.console.commands.cluster;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.view.Table;
import dev.gatehouse.console.view.Value;

final class ClusterHistory implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "cluster history",
          Access.ADMINISTRATOR,
          "List the last 100 revisions of the definition, the newest first",
          "cluster history");

  @Override
  public void run(Call call) {
    call.show(
        Table.of(call.services().definitions().store().history())
            .column("revision", Table.Fit.WHOLE, r -> new Value.Count(r.number()))
            .column("when", Table.Fit.WHOLE, r -> new Value.Moment(r.when()))
            .column("who", r -> Value.of(r.author().who()))
            .column("from", Table.Fit.SPARE, r -> Value.of(r.author().from()))
            .column(
                "why",
                Table.Fit.WRAP,
                r -> r.author().why().<Value>map(Value::of).orElseGet(Value.None::new))
            .whenEmpty("There is no revision."));
  }
}
