package dev.gatehouse.console;

import dev.gatehouse.name.Username;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

final class KeysList implements Command {
  static final About ABOUT =
      new About(
          "keys list",
          Access.ANYBODY,
          "List the public keys that open your account",
          "keys list",
          "keys list --user alice");

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "Somebody else's; for administrators.")
  private @Nullable Username user;

  @Override
  public void run(Call call) {
    call.show(KeyView.table(call.services().people().keys(call.selfOr(user))));
  }
}
