package dev.gatehouse.console;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;

/** Keeps a cluster from losing its last administrator to a command. */
record Administrators(Services services) {
  GroupName group() {
    return services.definition().directory().administrators();
  }

  /**
   * @throws UserError if nobody could administer when this one could no more
   */
  void requireAnotherThan(Username leaving) {
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
