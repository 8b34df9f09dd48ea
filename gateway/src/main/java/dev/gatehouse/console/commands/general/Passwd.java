package dev.gatehouse.console.commands.general;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.OwnerOption;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.Username;
import java.util.Optional;
import picocli.CommandLine.Option;

final class Passwd implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
              "passwd",
              Access.ANYBODY,
              "Change your password in the directory",
              "passwd",
              "passwd --user bob")
          .with(OwnerOption.OPTION, Access.ADMINISTRATOR);

  @Option(
      names = OwnerOption.OPTION,
      paramLabel = "USER",
      description = "Give somebody else a new one (administrators).")
  private Optional<Username> user = Optional.empty();

  @Override
  public void run(Call call) throws InterruptedException {
    if (user.isPresent()) {
      give(call, user.get());
    } else {
      changeOwn(call);
    }
  }

  /** As the person: the directory's rules for passwords count, and its log has the name. */
  private static void changeOwn(Call call) throws InterruptedException {
    var name = call.person().username();
    var before = secret(call, "Your password now: ");
    var after = twice(call);
    call.services().people().selfService().changePassword(name, before, after);
    call.audit("passwd");
    done(call, name);
  }

  private static void give(Call call, Username name) throws InterruptedException {
    call.requirePerson(name);
    call.services().people().setPassword(name, twice(call));
    call.audit("passwd --user " + name);
    done(call, name);
  }

  private static String twice(Call call) throws InterruptedException {
    var password = secret(call, "The new one: ");
    if (!password.equals(secret(call, "The new one again: "))) {
      throw UserError.usage("the two are not the same; nothing was changed");
    }
    return password;
  }

  private static String secret(Call call, String question) throws InterruptedException {
    return call.input()
        .secret(question)
        .orElseThrow(
            () ->
                UserError.usage(
                    "a password is asked for on a terminal only: ssh -t %s gate passwd"
                        .formatted(call.services().host())));
  }

  private static void done(Call call, Username name) {
    call.show(
        new Result.Outcome(
            "The password of %s is changed.".formatted(name),
            Result.Details.of(Result.field("user", Value.of(name)))));
  }
}
