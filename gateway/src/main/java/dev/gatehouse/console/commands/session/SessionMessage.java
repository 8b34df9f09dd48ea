package dev.gatehouse.console.commands.session;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.LiveSessions.Everywhere;
import dev.gatehouse.console.LiveSessions.LiveSession;
import dev.gatehouse.console.SessionNumber;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.Username;
import dev.gatehouse.text.SafeText;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

final class SessionMessage implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "session message",
          Access.ADMINISTRATOR,
          "Write a line to the terminals of a connection, a person or everybody",
          "session message --all 'The cluster restarts at noon.'",
          "session message --session 12 'Please log out.'");

  private static final Everywhere NONE = new Everywhere(List.of(), List.of());

  @Option(names = "--all", description = "To everybody.")
  private boolean all;

  @Option(names = "--user", paramLabel = "NAME", description = "To one person.")
  private @Nullable Username user;

  @Option(names = "--session", paramLabel = "SESSION", description = "To one connection.")
  private @Nullable SessionNumber number;

  @Parameters(arity = "1..*", paramLabel = "TEXT", description = "What to say.")
  private List<String> words;

  @Override
  public void run(Call call) {
    var text =
        "%s says: %s".formatted(call.person().username(), SafeText.of(String.join(" ", words)));
    var everywhere = number == null ? call.sessions() : NONE;
    var reached = 0;
    for (var session : to(call, everywhere)) {
      reached += call.services().sessions().message(session.id(), text);
    }
    call.audit("session message to %d terminals".formatted(reached));
    call.show(
        new Result.Outcome(
            reached == 1 ? "1 terminal shows it." : reached + " terminals show it.",
            Result.Details.of(Result.field("terminals", new Value.Count(reached)))));
    call.requireAll(everywhere);
  }

  private List<LiveSession> to(Call call, Everywhere everywhere) {
    if (number != null) {
      return List.of(call.requireSession(number));
    }
    var person = user;
    if (person != null) {
      return everywhere.sessions().stream().filter(s -> s.user().equals(person)).toList();
    }
    if (all) {
      return everywhere.sessions();
    }
    throw UserError.usage("say to whom: --all, --user NAME or --session NUMBER");
  }
}
