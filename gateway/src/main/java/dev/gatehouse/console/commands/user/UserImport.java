package dev.gatehouse.console.commands.user;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.PeopleFormat;
import dev.gatehouse.console.commands.user.FiledPerson.Mistake;
import dev.gatehouse.console.commands.user.ImportPlan.Step;
import dev.gatehouse.console.view.Line;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Screen;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.text.Plural;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Optional;
import picocli.CommandLine.Option;

final class UserImport implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "user import",
          Access.ADMINISTRATOR,
          "Add and change people as a file of CSV or LDIF says",
          "user import --dry-run < class.csv",
          "user import --make-groups < class.csv");

  private static final int MOST = 10_000;

  @Option(names = "--dry-run", description = "Only show what would change.")
  private boolean dryRun;

  @Option(names = "--make-groups", description = "Make groups that are not there.")
  private boolean makeGroups;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "csv or ldif; usually the file shows it.")
  private Optional<PeopleFormat> format = Optional.empty();

  @Override
  public void run(Call call) throws InterruptedException {
    var plan = plan(call);
    if (dryRun) {
      call.show(plan.table());
      requireRight(plan);
      return;
    }
    if (!plan.mistakes().isEmpty()) {
      call.show(plan.mistakesTable());
    }
    requireRight(plan);
    new ImportRun(call).run(plan.work());
    call.show(
        new Result.Outcome(
            "%s added, %s changed, %s as the file says already."
                .formatted(
                    people(plan.count(Step.Add.class)),
                    people(plan.count(Step.Change.class)),
                    people(plan.count(Step.Keep.class))),
            Result.Details.of(
                Result.field("added", new Value.Count(plan.count(Step.Add.class))),
                Result.field("changed", new Value.Count(plan.count(Step.Change.class))),
                Result.field("unchanged", new Value.Count(plan.count(Step.Keep.class))))));
  }

  private ImportPlan plan(Call call) throws InterruptedException {
    if (call.format() == Screen.Format.TERMINAL) {
      call.screen().tell(Line.of(Line.Style.DIM, "Reading the file; Ctrl-D ends it."));
    }
    var text = call.input().file();
    var mistakes = new ArrayList<Mistake>();
    var filed =
        switch (format.orElseGet(() -> PeopleFormat.of(text))) {
          case CSV -> PeopleCsv.read(text, mistakes);
          case LDIF -> new PeopleLdif(today(call)).read(text, mistakes);
        };
    requireNotTooMany(filed.size() + mistakes.size());
    return ImportPlanner.plan(call, filed, mistakes, makeGroups);
  }

  private static long today(Call call) {
    return call.services().clock().instant().atOffset(ZoneOffset.UTC).toLocalDate().toEpochDay();
  }

  private static void requireNotTooMany(int people) {
    if (people > MOST) {
      throw new UserError(
          ExitCode.DATAERR,
          "the file has %d people, and may have %d at once".formatted(people, MOST));
    }
  }

  private static void requireRight(ImportPlan plan) {
    var lines = plan.mistakes().stream().map(Mistake::line).distinct().count();
    if (lines > 0) {
      throw new UserError(
          ExitCode.DATAERR,
          "%s of the file %s wrong; nothing was changed"
              .formatted(Plural.of(lines, "line"), lines == 1 ? "is" : "are"));
    }
  }

  private static String people(long count) {
    return count == 1 ? "1 person is" : count + " people are";
  }
}
