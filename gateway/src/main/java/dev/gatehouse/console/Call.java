package dev.gatehouse.console;

import dev.gatehouse.console.LiveSessions.Everywhere;
import dev.gatehouse.console.LiveSessions.LiveSession;
import dev.gatehouse.console.terminal.Input;
import dev.gatehouse.console.view.Interrupted;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Screen;
import dev.gatehouse.console.view.WordWrap;
import dev.gatehouse.directory.PeopleAdministration.Group;
import dev.gatehouse.directory.Person;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * One run of one command: who runs it, what it works on, and where its results go.
 *
 * @param from where the person is, such as {@code ssh from 192.0.2.7}
 * @param table the commands there are, for help
 */
public record Call(
    Person person,
    String from,
    Services services,
    CommandTable table,
    Screen screen,
    Screen.Format format,
    Input input) {
  /** Gives a result to the person, in the form they asked for. */
  public void show(Result result) {
    screen.show(result, format, services.clock().instant());
  }

  /** Tells the log what the person has changed, such as {@code user disable bob}. */
  public void audit(String what) {
    Audit.log(person, what);
  }

  public Viewer viewer() {
    return new Viewer(person, services);
  }

  /** The person's own. */
  public PersonWorkspaces workspaces() {
    return new PersonWorkspaces(person.username(), this);
  }

  /**
   * Waits for a change and shows how long it takes. Ctrl-C ends the waiting, not the change.
   *
   * @param title such as {@code stopping main}
   * @param goesOn what a person reads who waits no longer
   */
  public <T> T await(String title, CompletionStage<T> change, String goesOn)
      throws InterruptedException {
    try {
      new Watch(screen, services.clock(), title).until(change);
    } catch (InterruptedException e) {
      throw new Interrupted("no longer watching; " + goesOn);
    }
    return Stages.await(change);
  }

  public boolean administrator() {
    return viewer().administrator();
  }

  /** The connections that this person may see, at any gateway: their own, or all. */
  public Everywhere sessions() {
    return viewer().everywhere();
  }

  /**
   * Names the gateways that did not answer, after what is known has been shown.
   *
   * @throws FailureException if there are any
   */
  public void requireAll(Everywhere sessions) {
    if (!sessions.silent().isEmpty()) {
      throw new FailureException(
          new Failure.Unavailable(
              "replica-silent",
              "no answer from %s: connections there are left out"
                  .formatted(String.join(", ", sessions.silent()))));
    }
  }

  /**
   * @throws UserError if there is none of that number that this person may see
   * @throws FailureException if there may be one, at a gateway that does not answer
   */
  public LiveSession requireSession(SessionNumber number) {
    var everywhere = sessions();
    var found = everywhere.sessions().stream().filter(s -> s.id() == number.value()).toList();
    if (found.isEmpty()) {
      requireAll(everywhere);
      throw new UserError(
          ExitCode.DATAERR,
          "there is no session %s; 'gate session list' shows them".formatted(number));
    }
    return found.getFirst();
  }

  /**
   * @throws UserError if there is nobody of that name
   */
  public Person requirePerson(Username name) {
    return services
        .people()
        .person(name)
        .orElseThrow(
            () -> new UserError(ExitCode.NOUSER, "there is nobody called %s".formatted(name)));
  }

  /**
   * @throws UserError if there is no such group
   */
  public Group requireGroup(GroupName name) {
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
  public void confirm(boolean yes, String question) throws InterruptedException {
    if (yes) {
      return;
    }
    // A question would stand in the middle of somebody's JSON.
    var answer = format == Screen.Format.TERMINAL ? input.ask(question + " [y/N] ") : none();
    if (answer.isEmpty()) {
      throw UserError.usage(question + " If you mean it, add --yes");
    }
    if (!answer.get().equalsIgnoreCase("y") && !answer.get().equalsIgnoreCase("yes")) {
      throw UserError.usage("nothing was changed");
    }
  }

  /**
   * Asks for a name to be typed, before something that cannot be undone by any means.
   *
   * @param consequence what will be gone, as sentences
   * @throws UserError if they do not type it, or cannot be asked
   */
  public void confirmByName(boolean yes, String consequence, String name)
      throws InterruptedException {
    if (yes) {
      return;
    }
    if (format != Screen.Format.TERMINAL) {
      throw UserError.usage(consequence + " If you mean it, add --yes");
    }
    WordWrap.lines(consequence, screen.columns()).forEach(screen::tell);
    if (!input.ask("To go on, type %s: ".formatted(name)).equals(Optional.of(name))) {
      throw UserError.usage("nothing was changed");
    }
  }

  private static Optional<String> none() {
    return Optional.empty();
  }
}
