package dev.gatehouse.console.commands.user;

import dev.gatehouse.directory.PeopleAdministration.Account;
import dev.gatehouse.name.AccountPath;
import dev.gatehouse.name.GroupName;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What {@code user add} and {@code user edit} may say of an account. */
final class AccountOptions {
  @Option(
      names = "--primary-group",
      paramLabel = "GROUP",
      description = "The group that new files belong to; usually everyone.")
  private Optional<GroupName> primaryGroup = Optional.empty();

  @Option(
      names = "--home",
      paramLabel = "PATH",
      description = "Where the home is in workspaces; usually /home/NAME.")
  private Optional<AccountPath> home = Optional.empty();

  @Option(
      names = "--shell",
      paramLabel = "PATH",
      description = "The login shell; usually /bin/bash.")
  private Optional<AccountPath> shell = Optional.empty();

  Account account() {
    return new Account(primaryGroup, home, shell.map(Shells::check));
  }
}
