package dev.gatehouse.console;

final class SessionList implements Command {
  static final About ABOUT =
      new About(
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
