package dev.gatehouse.console;

import java.time.Duration;

final class PenaltyList implements Command {
  static final About ABOUT =
      new About(
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
            .column("source", p -> Value.of(p.source()))
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
