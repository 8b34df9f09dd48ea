package dev.gatehouse.console;

import dev.gatehouse.console.LiveSessions.Everywhere;
import dev.gatehouse.console.LiveSessions.LiveSession;
import dev.gatehouse.directory.Person;
import dev.gatehouse.name.Username;
import java.util.List;
import java.util.stream.Stream;

/** Somebody, and what they may see: administrators see everybody, others themselves. */
public record Viewer(Person person, Services services) {
  boolean administrator() {
    return services.admission().isAdministrator(person);
  }

  boolean sees(Username other) {
    return administrator() || person.username().equals(other);
  }

  /** Those at all gateways that answer. */
  List<LiveSession> sessions() {
    return everywhere().sessions();
  }

  Everywhere everywhere() {
    var all = services.sessions().everywhere();
    return new Everywhere(
        all.sessions().stream().filter(s -> sees(s.user())).toList(), all.silent());
  }

  public Stream<LiveSession> sessionsOf(Username other) {
    return sessions().stream().filter(s -> s.user().equals(other));
  }
}
