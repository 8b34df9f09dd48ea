package dev.gatehouse.console.commands.user;

import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.AccountPath;
import java.util.Set;

/** Login shells that people may be given. */
final class Shells {
  private static final Set<String> LOCKING = Set.of("nologin", "false");

  private Shells() {}

  /**
   * Answers the shell as it is.
   *
   * @throws UserError if it would lock the account: that is done where administrators are kept from
   *     locking out themselves
   */
  static AccountPath check(AccountPath shell) {
    if (LOCKING.contains(shell.file())) {
      throw UserError.usage(
          "the shell %s locks the account; 'gate user disable' does that".formatted(shell));
    }
    return shell;
  }
}
