package dev.gatehouse.console.commands.session;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Addresses;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.SessionNumber;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Table;
import dev.gatehouse.console.view.Value;
import picocli.CommandLine.Parameters;

final class SessionShow implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "session show",
          Access.ANYBODY,
          "Show a connection, how it logged in and what is open on it",
          "session show 12");

  @Parameters(paramLabel = "SESSION", description = "Its number in 'gate session list'.")
  private SessionNumber number;

  @Override
  public void run(Call call) {
    var session = call.requireSession(number);
    call.show(
        Result.Details.of(
                Result.field("session", new Value.Count(session.id())),
                Result.field("user", Value.of(session.user())),
                Result.field("login", Value.of(session.login())),
                Result.field("from", Value.of(Addresses.text(session.address()))),
                Result.field("port", new Value.Count(session.port())),
                Result.field("since", new Value.Moment(session.since())),
                Result.field("proven by", Value.of(session.proofs())),
                Result.field("client", Value.of(session.client())),
                Result.field("in", new Value.Bytes(session.bytesIn())),
                Result.field("out", new Value.Bytes(session.bytesOut())))
            .with(
                "channels",
                Table.of(session.channels())
                    .column("channel", c -> Value.of(c.type()))
                    .column("what", c -> Value.of(c.detail()))
                    .column("since", c -> new Value.Moment(c.since()))
                    .whenEmpty("Nothing is open on it.")));
  }
}
