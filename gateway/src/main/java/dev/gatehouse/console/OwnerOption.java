package dev.gatehouse.console;

import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.Username;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option of commands that work on one's own things, or on somebody else's. */
public final class OwnerOption {
  public static final String OPTION = "--user";

  @Option(
      names = OPTION,
      paramLabel = "USER",
      description = "Whose it is, if not yours (administrators).")
  private Optional<Username> user = Optional.empty();

  public boolean isGiven() {
    return user.isPresent();
  }

  /**
   * @throws UserError if there is nobody of that name, and nothing of theirs left
   */
  public PersonWorkspaces of(Call call) {
    if (user.isEmpty()) {
      return call.workspaces();
    }
    var theirs = new PersonWorkspaces(user.get(), call);
    if (theirs.all().isEmpty() && theirs.home().isEmpty() && !theirs.hasSnapshots()) {
      call.requirePerson(user.get());
    }
    return theirs;
  }
}
