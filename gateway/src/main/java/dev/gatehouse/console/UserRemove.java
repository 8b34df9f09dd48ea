package dev.gatehouse.console;

import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

final class UserRemove implements Command {
  static final About ABOUT =
      new About(
          "user remove",
          Access.ADMINISTRATOR,
          "Remove a person; their sessions end, their files stay",
          "user remove carol --yes");

  @Parameters(paramLabel = "NAME", description = "The person.")
  private Username name;

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Override
  public void run(Call call) throws InterruptedException {
    call.requirePerson(name);
    Administrators.requireAnother(call.person(), name, "remove");
    call.confirm(yes, "Remove %s?".formatted(name));
    var emptied = remove(call);
    call.audit("user remove " + name);
    var groups =
        emptied.isEmpty() ? "" : " These groups had no other member and are gone: " + emptied + ".";
    call.show(
        new Result.Outcome(
            "%s is removed. What is in the home stays.%s".formatted(name, groups),
            Result.Details.of(
                Result.field("user", Value.of(name)),
                Result.field("removed groups", Value.of(emptied)))));
  }

  private List<GroupName> remove(Call call) {
    synchronized (Administrators.ONE_AT_A_TIME) {
      new Administrators(call.services()).requireAnotherThan(name);
      // First: who is later called the same must not find another's.
      var _ = call.services().secondFactors().remove(name);
      return call.services().people().remove(name);
    }
  }
}
