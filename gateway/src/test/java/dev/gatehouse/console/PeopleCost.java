package dev.gatehouse.console;

import dev.gatehouse.directory.PeopleAdministration;

/** What the commands about many people cost, on a directory of one's choice. */
public final class PeopleCost {
  private final ConsoleFixture fixture = new ConsoleFixture();
  private final PeopleAdministration people;

  public PeopleCost(PeopleAdministration people) {
    this.people = people;
  }

  /**
   * Runs a command as an administrator.
   *
   * @return what it wrote
   * @throws IllegalStateException if it failed
   */
  public String run(String commandLine, String stdin) {
    var streams = new MemoryStreams(stdin);
    var console = new Console(fixture.table, fixture.services(people));
    var exit = console.run(ConsoleFixture.ROOT, commandLine, streams);
    if (exit != 0) {
      throw new IllegalStateException(commandLine + ": " + streams.errText());
    }
    return streams.outText();
  }

  /** A file for {@code user import}: so many people with a key each. */
  public static String csv(int count) {
    var csv = new StringBuilder("user,name,keys\n");
    for (var i = 0; i < count; i++) {
      csv.append(
          "p%d,Person Number %d,%s p%d@pc\n".formatted(i, i, ConsoleFixture.key(i).line(), i));
    }
    return csv.toString();
  }
}
