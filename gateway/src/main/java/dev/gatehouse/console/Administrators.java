package dev.gatehouse.console;

import dev.gatehouse.directory.Person;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;

/** Keeps a cluster from losing its last administrator to a command. */
public record Administrators(Services services) {
  /** One change at a time, so that two cannot each rely on the other's administrator. */
  public static final Object ONE_AT_A_TIME = new Object();

  /**
   * @throws UserError if it is the person's own name: who does this to themselves cannot undo it
   */
  public static void requireAnother(Person person, Username name, String verb) {
    if (person.username().equals(name)) {
      throw new UserError(
          ExitCode.NOPERM, "you cannot %s yourself; ask another administrator".formatted(verb));
    }
  }

  public GroupName group() {
    return services.definition().directory().administrators();
  }

  /**
   * @throws UserError if nobody could administer when this one could no more
   */
  public void requireAnotherThan(Username leaving) {
    var group = services.people().group(group());
    if (group.isEmpty() || !group.get().members().contains(leaving)) {
      return;
    }
    var others =
        group.get().members().stream()
            .filter(member -> !member.equals(leaving))
            .flatMap(member -> services.people().person(member).stream())
            .anyMatch(person -> !person.disabled());
    if (!others) {
      throw new UserError(
          ExitCode.NOPERM,
          "%s is the last administrator; add another to %s first".formatted(leaving, group()));
    }
  }
}
