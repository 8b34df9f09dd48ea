package dev.gatehouse.console;

import dev.gatehouse.directory.Person;

/**
 * One run of one command: who runs it, what it works on, and where its results go.
 *
 * @param table the commands there are, for help
 */
record Call(
    Person person, Services services, CommandTable table, Screen screen, Screen.Format format) {

  /** Gives a result to the person, in the form they asked for. */
  void show(Result result) {
    screen.show(result, format, services.clock().instant());
  }

  OwnWorkspaces workspaces() {
    return new OwnWorkspaces(person, services);
  }

  boolean administrator() {
    return services.admission().isAdministrator(person);
  }
}
