package dev.gatehouse.console;

import dev.gatehouse.console.LiveSessions.LiveSession;
import dev.gatehouse.directory.PeopleAdministration.Group;
import dev.gatehouse.directory.Person;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of one command: who runs it, what it works on, and where its results go.
 *
 * @param table the commands there are, for help
 */
record Call(
    Person person,
    Services services,
    CommandTable table,
    Screen screen,
    Screen.Format format,
    Input input) {
  private static final Logger LOG = LoggerFactory.getLogger(Call.class);

  /** Gives a result to the person, in the form they asked for. */
  void show(Result result) {
    screen.show(result, format, services.clock().instant());
  }

  /** Says in the log who changed what. */
  void audit(String what) {
    LOG.info("[admin] {}: {}", person.username(), Quote.plain(what));
  }

  OwnWorkspaces workspaces() {
    return new OwnWorkspaces(person, services);
  }

  boolean administrator() {
    return services.admission().isAdministrator(person);
  }

  /**
   * Whose affairs the command is about.
   *
   * @throws FailureException if they are somebody else's, and this is no administrator
   */
  Username selfOr(@Nullable Username other) {
    if (other == null || other.equals(person.username())) {
      return person.username();
    }
    requireAdministrator();
    return other;
  }

  /**
   * For an option that not everybody may use of a command that everybody may.
   *
   * @throws FailureException if this is no administrator
   */
  void requireAdministrator() {
    Access.ADMINISTRATOR
        .refusal(services.admission(), person)
        .ifPresent(
            why -> {
              throw new FailureException(why);
            });
  }

  /** The connections that this person may see: their own, or all. */
  List<LiveSession> sessions() {
    return services.sessions().all().stream()
        .filter(s -> administrator() || s.person().username().equals(person.username()))
        .toList();
  }

  /**
   * @throws UserError if there is none of that number that this person may see
   */
  LiveSession requireSession(SessionNumber number) {
    return sessions().stream()
        .filter(s -> s.id() == number.value())
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    ExitCode.DATAERR,
                    "there is no session %s; 'gate session list' shows them".formatted(number)));
  }

  /**
   * @throws UserError if there is nobody of that name
   */
  Person requirePerson(Username name) {
    return services
        .people()
        .person(name)
        .orElseThrow(
            () -> new UserError(ExitCode.NOUSER, "there is nobody called %s".formatted(name)));
  }

  /**
   * @throws UserError if there is no such group
   */
  Group requireGroup(GroupName name) {
    return services
        .people()
        .group(name)
        .orElseThrow(
            () -> new UserError(ExitCode.DATAERR, "there is no group called %s".formatted(name)));
  }

  /**
   * Asks before something that cannot be undone.
   *
   * @param yes whether the person has said so already
   * @throws UserError if they do not want it, or cannot be asked
   */
  void confirm(boolean yes, String question) {
    if (yes) {
      return;
    }
    var answer =
        input
            .ask(question + " [y/N] ")
            .orElseThrow(() -> UserError.usage("this cannot be undone; add --yes if you mean it"));
    if (!answer.equalsIgnoreCase("y") && !answer.equalsIgnoreCase("yes")) {
      throw new UserError(ExitCode.USAGE, "nothing was changed");
    }
  }
}
