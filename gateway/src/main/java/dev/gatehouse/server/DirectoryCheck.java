package dev.gatehouse.server;

import dev.gatehouse.directory.DirectoryHealth;
import dev.gatehouse.directory.DirectoryHealth.Reach;
import dev.gatehouse.doctor.Check;
import dev.gatehouse.doctor.Finding;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What a running gateway knows of its directory, without asking it more than it does anyway. */
record DirectoryCheck(Supplier<Optional<DirectoryHealth>> health) implements Check {
  @Override
  public String subject() {
    return "Directory";
  }

  @Override
  public List<Finding> findings() {
    return List.of(
        health
            .get()
            .map(this::finding)
            .orElseGet(() -> Finding.ok("people live inside this gateway")));
  }

  private Finding finding(DirectoryHealth now) {
    if (now.reach() == Reach.FOLLOWED) {
      return now.people() > 0
          ? Finding.ok("it answers, and %d people are known".formatted(now.people()))
          : Finding.problem(
              "it answers, and shows nobody",
              "check directory.ldap.people (base, filter) and what the gateway's account may read");
    }
    var known = now.knownUntil().map(until -> "; who is known gets in until " + until).orElse("");
    return now.reach() == Reach.AWAY
        ? Finding.problem(
            "no server of it answers" + known,
            "check the servers and the way to them; 'gatehouse doctor' tries each")
        : Finding.problem(
            "it answers, but does not let itself be read" + known,
            "check the rights and the size limit of the gateway's account");
  }
}
