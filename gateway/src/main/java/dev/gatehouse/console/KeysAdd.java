package dev.gatehouse.console;

import dev.gatehouse.name.Username;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

final class KeysAdd implements Command {
  static final About ABOUT =
      new About(
          "keys add",
          Access.ANYBODY,
          "Add a public key, piped in or as words",
          "keys add < ~/.ssh/id_ed25519.pub",
          "keys add --user alice < alice.pub");

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "To somebody else; for administrators.")
  private @Nullable Username user;

  @Parameters(
      arity = "0..*",
      paramLabel = "KEY",
      description = "A line as ssh-keygen writes it, options in front allowed.")
  private List<String> words = List.of();

  @Override
  public void run(Call call) {
    var person = call.selfOr(user);
    var key = KeyView.read(words, call.input());
    call.services().people().addKey(person, key);
    call.audit("keys add --user %s %s".formatted(person, key.key().key()));
    call.show(
        new Result.Outcome(
            "%s opens the account of %s now.".formatted(key.key().key(), person),
            Result.Details.of(
                Result.field("user", Value.of(person)),
                Result.field("fingerprint", Value.of(key.key().key().fingerprint())))));
  }
}
