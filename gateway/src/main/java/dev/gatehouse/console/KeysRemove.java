package dev.gatehouse.console;

import dev.gatehouse.name.Username;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

final class KeysRemove implements Command {
  static final About ABOUT =
      new About(
          "keys remove",
          Access.ANYBODY,
          "Remove a public key; sessions that it opened end",
          "keys remove SHA256:WnX0",
          "keys remove ada@laptop --yes");

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "Of somebody else; for administrators.")
  private @Nullable Username user;

  @Option(names = "--yes", description = "Do not ask before the last key is removed.")
  private boolean yes;

  @Parameters(paramLabel = "KEY", description = "The beginning of its fingerprint, or its comment.")
  private String named;

  @Override
  public void run(Call call) {
    var person = call.selfOr(user);
    var keys = call.services().people().keys(person);
    var key = KeyView.find(keys, named);
    if (keys.stream().map(k -> k.key().key()).distinct().count() == 1) {
      call.confirm(yes, "This is the last key of %s. Remove it?".formatted(person));
    }
    call.services().people().removeKey(person, key.fingerprint());
    call.audit("keys remove --user %s %s".formatted(person, key));
    call.show(
        new Result.Outcome(
            "%s no longer opens the account of %s.".formatted(key, person),
            Result.Details.of(
                Result.field("user", Value.of(person)),
                Result.field("fingerprint", Value.of(key.fingerprint())))));
  }
}
