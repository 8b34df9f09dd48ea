package dev.gatehouse.console.commands.user;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Administrators;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.PersonWorkspaces;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

final class UserRemove implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "user remove",
          Access.ADMINISTRATOR,
          "Remove a person; the home stays if you do not say otherwise",
          "user remove carol --yes",
          "user remove carol --delete-home");

  @Parameters(paramLabel = "NAME", description = "The person.")
  private Username name;

  @Option(
      names = "--delete-home",
      description = "Delete their workspaces and their home too, with all files in it.")
  private boolean deleteHome;

  @Option(names = "--keep-home", description = "Keep the home, and do not ask about it.")
  private boolean keepHome;

  @Option(names = "--yes", description = "Do not ask; the home stays without --delete-home.")
  private boolean yes;

  @Override
  public void run(Call call) throws InterruptedException {
    if (deleteHome && keepHome) {
      throw UserError.usage("give --delete-home or --keep-home, not both");
    }
    call.requirePerson(name);
    Administrators.requireAnother(call.person(), name, "remove");
    var belongings = new Belongings(new PersonWorkspaces(name, call));
    if (!deleteHome || !belongings.hasHome()) {
      call.confirm(yes, "Remove %s?".formatted(name));
    }
    var removal = belongings.hasHome() && goes(call) ? delete(call, belongings) : keep(call);
    call.show(
        new Result.Outcome(
            "%s is removed. %s%s".formatted(name, removal.sentence(), groups(removal.emptied())),
            Result.Details.of(
                Result.field("user", Value.of(name)),
                Result.field("removed groups", Value.of(removal.emptied())),
                Result.field("home deleted", new Value.Flag(removal.homeDeleted())),
                Result.field(
                    "snapshot", removal.snapshot().map(Value::of).orElseGet(Value.None::new)))));
  }

  /** What was done, and what became of the home. */
  private record Removal(
      List<GroupName> emptied, boolean homeDeleted, Optional<String> snapshot, String sentence) {}

  /** Whoever is asked and says nothing keeps it. */
  private boolean goes(Call call) throws InterruptedException {
    if (!deleteHome && (keepHome || yes)) {
      return false;
    }
    if (!deleteHome
        && !call.input()
            .ask("Keep their home, with all files in it? [Y/n] ")
            .filter(a -> a.equalsIgnoreCase("n") || a.equalsIgnoreCase("no"))
            .isPresent()) {
      return false;
    }
    call.confirmByName(
        yes,
        ("The home of %s goes for ever, with all files in it. If the storage makes snapshots, one"
                + " is made first.")
            .formatted(name),
        name.value());
    return true;
  }

  private Removal keep(Call call) {
    var emptied = remove(call);
    var left = new Belongings(new PersonWorkspaces(name, call)).workspaces().isEmpty();
    return new Removal(
        emptied,
        false,
        Optional.empty(),
        left
            ? "What is in the home stays."
            : "What is in the home stays, and so do the workspaces: gate workspace list --user "
                + name);
  }

  /** Locked first: a login in between would start a workspace, and make the home anew. */
  private Removal delete(Call call, Belongings belongings) throws InterruptedException {
    synchronized (Administrators.ONE_AT_A_TIME) {
      new Administrators(call.services()).requireAnotherThan(name);
      call.services().people().setDisabled(name, true);
    }
    call.audit("user disable " + name);
    var snapshot = belongings.delete();
    var emptied = remove(call);
    return new Removal(
        emptied,
        true,
        snapshot,
        snapshot
            .map("The home is deleted; what was in it is in the snapshot %s."::formatted)
            .orElse("The home is deleted; there is no snapshot of it."));
  }

  private List<GroupName> remove(Call call) {
    List<GroupName> emptied;
    synchronized (Administrators.ONE_AT_A_TIME) {
      new Administrators(call.services()).requireAnotherThan(name);
      // First: who is later called the same must not find another's.
      var _ = call.services().secondFactors().remove(name);
      emptied = call.services().people().remove(name);
    }
    call.audit("user remove " + name);
    return emptied;
  }

  private static String groups(List<GroupName> emptied) {
    return emptied.isEmpty()
        ? ""
        : " These groups had no other member and are gone: " + emptied + ".";
  }
}
