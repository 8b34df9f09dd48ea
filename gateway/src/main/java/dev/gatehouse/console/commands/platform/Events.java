package dev.gatehouse.console.commands.platform;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.terminal.Key;
import dev.gatehouse.console.view.Interrupted;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Screen;
import dev.gatehouse.console.view.Table;
import dev.gatehouse.console.view.Value;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

final class Events implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "events",
          Access.ADMINISTRATOR,
          "Show what the cluster and the operator did and who changed the definition",
          "events",
          "events --follow",
          "events --json");

  private static final Duration PAUSE = Duration.ofSeconds(2);

  @Option(names = "--follow", description = "Go on, a line for each event, until Ctrl-C.")
  private boolean follow;

  @Override
  public void run(Call call) throws InterruptedException {
    var source = new EventSource(call.services());
    if (follow) {
      follow(call, source);
    } else {
      call.show(table(source.all()));
    }
  }

  /** As lines also for a person: what comes later cannot widen the columns of what is printed. */
  private static void follow(Call call, EventSource source) throws InterruptedException {
    var told = new HashSet<PlatformEvent>();
    var parts = new HashMap<String, String>();
    try {
      while (true) {
        var now = source.all();
        told.retainAll(now);
        for (var event : now) {
          if (told.add(event) && isNews(event, parts)) {
            show(call, event);
          }
        }
        if (isOver(call)) {
          return;
        }
      }
    } catch (Interrupted e) {
      throw new InterruptedException(e.getMessage());
    }
  }

  /** Waits. Who watches on a terminal leaves by q too; whoever has gone is followed by nobody. */
  private static boolean isOver(Call call) throws InterruptedException {
    if (call.screen().isTerminal()) {
      return call.input().key(PAUSE).equals(Optional.of(Key.QUIT));
    }
    Thread.sleep(PAUSE);
    call.screen().requireClient();
    return false;
  }

  /**
   * A part's message says how far it is: only another state of it is news.
   *
   * @param parts the state of each part that was told last
   */
  private static boolean isNews(PlatformEvent event, Map<String, String> parts) {
    return !event.kind().equals(PlatformEvent.PLATFORM)
        || !event.reason().equals(parts.put(event.about(), event.reason()));
  }

  private static void show(Call call, PlatformEvent event) {
    if (call.format() == Screen.Format.JSON) {
      call.screen().jsonLine(details(event));
    } else {
      call.screen()
          .show(table(List.of(event)), Screen.Format.PLAIN, call.services().clock().instant());
    }
  }

  private static Result.Details details(PlatformEvent event) {
    return Result.Details.of(
        Result.field("at", new Value.Moment(event.at())),
        Result.field("kind", Value.of(event.kind())),
        Result.field("about", Value.of(event.about())),
        Result.field("reason", Value.of(event.reason())),
        Result.field("message", Value.of(event.message())));
  }

  private static Table table(List<PlatformEvent> events) {
    return Table.of(events)
        .column("at", e -> new Value.Moment(e.at()))
        .column("kind", Table.Fit.SPARE, e -> Value.of(e.kind()))
        .column("about", e -> Value.of(e.about()))
        .column("reason", e -> Value.of(e.reason()))
        .column("message", Table.Fit.WRAP, e -> Value.of(e.message()))
        .whenEmpty("Nothing happened lately.");
  }
}
