package dev.gatehouse.console.commands.app;

import dev.gatehouse.cluster.App;
import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.view.Table;
import dev.gatehouse.console.view.Value;

final class AppList implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "app list", Access.ANYBODY, "List the apps you can reach, and how", "app list");

  /** Ports below need root on the machine that the tunnel begins on. */
  private static final int FIRST_FREE = 1024;

  private static final int ABOVE = 8000;

  private record Reach(App app, int port) {}

  @Override
  public void run(Call call) {
    var host = call.services().host();
    var reaches =
        call.services().admission().apps(call.person()).stream()
            .flatMap(app -> app.ports().stream().map(port -> new Reach(app, port)))
            .toList();
    call.show(
        Table.of(reaches)
            .column("app", Table.Fit.WHOLE, r -> Value.of(r.app().name()))
            .column("tunnel", Table.Fit.WHOLE, r -> Value.of(tunnel(r, host)))
            .column("groups", Table.Fit.SPARE, r -> Value.of(r.app().groups()))
            .column("description", Table.Fit.WRAP, r -> description(r.app()))
            .whenEmpty("There is no app for you."));
  }

  private static String tunnel(Reach reach, String host) {
    var port = reach.port();
    return "ssh -N -L %d:%s:%d %s"
        .formatted(port < FIRST_FREE ? ABOVE + port : port, reach.app().name(), port, host);
  }

  private static Value description(App app) {
    return app.description().isEmpty() ? new Value.None() : Value.of(app.description());
  }
}
