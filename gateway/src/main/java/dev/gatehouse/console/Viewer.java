package dev.gatehouse.console;

import dev.gatehouse.console.LiveSessions.LiveSession;
import dev.gatehouse.directory.Person;
import dev.gatehouse.name.Username;
import java.util.List;
import java.util.stream.Stream;

/** Somebody, and what they may see: administrators see everybody, others themselves. */
record Viewer(Person person, Services services) {
  boolean administrator() {
    return services.admission().isAdministrator(person);
  }

  boolean sees(Username other) {
    return administrator() || person.username().equals(other);
  }

  List<LiveSession> sessions() {
    return services.sessions().all().stream().filter(s -> sees(s.person().username())).toList();
  }

  Stream<LiveSession> sessionsOf(Username other) {
    return sessions().stream().filter(s -> s.person().username().equals(other));
  }
}
