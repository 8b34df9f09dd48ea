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
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

final class SessionKill implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
              "session kill",
              Access.ANYBODY,
              "End a connection, or all of a person: yours, or any for administrators",
              "session kill 12",
              "session kill --user carol")
          .with("--user", Access.ADMINISTRATOR);

  private static final Everywhere NONE = new Everywhere(List.of(), List.of());

  @Parameters(
      arity = "0..1",
      paramLabel = "SESSION",
      description = "Its number in 'gate session list'.")
  private @Nullable SessionNumber number;

  @Option(names = "--user", paramLabel = "NAME", description = "All connections of this person.")
  private @Nullable Username user;

  @Override
  public void run(Call call) {
    var everywhere = number == null ? call.sessions() : NONE;
    var doomed = doomed(call, everywhere);
    var reason = "ended by " + call.person().username();
    for (var session : doomed) {
      call.services().sessions().kill(session.id(), reason);
      call.audit("session kill %d of %s".formatted(session.id(), session.user()));
    }
    call.show(
        new Result.Outcome(
            doomed.size() == 1
                ? "1 connection is ended."
                : doomed.size() + " connections are ended.",
            Result.Details.of(
                Result.field(
                    "sessions", Value.of(doomed.stream().map(LiveSession::id).toList())))));
    call.requireAll(everywhere);
  }

  private List<LiveSession> doomed(Call call, Everywhere everywhere) {
    if (number != null) {
      return List.of(call.requireSession(number));
    }
    if (user == null) {
      throw UserError.usage("say which: a number of 'gate session list', or --user NAME");
    }
    var person = user;
    return everywhere.sessions().stream().filter(s -> s.user().equals(person)).toList();
  }
}
