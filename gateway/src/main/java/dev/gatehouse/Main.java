package dev.gatehouse;

import dev.gatehouse.cli.CommandLineProgram;
import dev.gatehouse.cli.FastArguments;
import dev.gatehouse.install.UserHome;

/** Where the program begins. */
final class Main {
  private Main() {}

  public static void main(String[] args) {
    UserHome.takeFromEnvironment();
    var plain = FastArguments.of(args);
    System.exit(plain.isPresent() ? plain.get().run() : CommandLineProgram.run(args));
  }
}
