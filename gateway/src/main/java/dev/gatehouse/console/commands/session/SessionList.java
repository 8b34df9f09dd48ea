package dev.gatehouse.console.commands.session;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Addresses;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.view.Table;
import dev.gatehouse.console.view.Value;

final class SessionList implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "session list",
          Access.ANYBODY,
          "List the open connections: yours, or all for administrators",
          "session list");

  @Override
  public void run(Call call) {
    var everywhere = call.sessions();
    call.show(
        Table.of(everywhere.sessions())
            .column("session", s -> new Value.Count(s.id()))
            .column("login", s -> Value.of(s.login()))
            .column("from", s -> Value.of(Addresses.text(s.address())))
            .column("since", s -> new Value.Moment(s.since()))
            .column("channels", s -> new Value.Count(s.channels().size()))
            .column("in", s -> new Value.Bytes(s.bytesIn()))
            .column("out", s -> new Value.Bytes(s.bytesOut()))
            .whenEmpty("Nobody is connected."));
    call.requireAll(everywhere);
  }
}
