package dev.gatehouse.console.commands.keys;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.key.AuthorizedKeyLine;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.name.Username;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

public final class KeysAdd implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
              "keys add",
              Access.ANYBODY,
              "Add a key to log in with",
              "keys add < ~/.ssh/id_ed25519.pub",
              "keys add --user bob < bob.pub")
          .with("--user", Access.ADMINISTRATOR);

  /** Each login reads all of them, and each costs the directory. */
  public static final int MOST = 100;

  @Parameters(
      arity = "0..*",
      paramLabel = "KEY",
      description = "The public key: 'type base64 comment'. Without it, keys are read from stdin.")
  private List<String> words = List.of();

  @Option(
      names = "--user",
      paramLabel = "USER",
      description = "Whose it is, if not yours (administrators).")
  private Optional<Username> user = Optional.empty();

  @Override
  public void run(Call call) throws InterruptedException {
    var owner = user.orElse(call.person().username());
    var keys = NewKeys.from(words, call.input());
    var before = call.services().people().keys(owner);
    var known =
        keys.stream().filter(k -> before.stream().anyMatch(b -> b.key().equals(k.key()))).toList();
    var added = keys.stream().filter(k -> !known.contains(k)).toList();
    checkCount(before, added, owner);
    for (var key : added) {
      call.services().people().addKey(owner, key);
      call.audit("keys add %s: %s".formatted(owner, key.key().key()));
    }
    call.show(
        new Result.Outcome(
            outcome(owner, added, known),
            Result.Details.of(Result.field("user", Value.of(owner)))
                .with("keys", KeyView.table(keys, List.of()))));
  }

  private static String outcome(
      Username owner, List<AuthorizedKeyLine> added, List<AuthorizedKeyLine> known) {
    if (added.isEmpty()) {
      return "%s has %s already; nothing is changed.".formatted(owner, KeyView.words(known));
    }
    return "%s may now log in with %s%s."
        .formatted(
            owner,
            KeyView.words(added),
            known.isEmpty() ? "" : ", and has %s already".formatted(KeyView.words(known)));
  }

  private static void checkCount(
      List<AuthorizedKeyLine> before, List<AuthorizedKeyLine> added, Username owner) {
    var all =
        Stream.concat(before.stream(), added.stream())
            .<SshPublicKey>map(k -> k.key().key())
            .collect(Collectors.toSet());
    if (all.size() > MOST) {
      throw new UserError(
          ExitCode.DATAERR,
          "%s would have %d keys, and may have %d".formatted(owner, all.size(), MOST));
    }
  }
}
