package dev.gatehouse;

/** Where the program begins. */
final class Main {
  private Main() {}

  public static void main(String[] args) {
    UserHome.takeFromEnvironment();
    var plain = PlainStart.of(args);
    System.exit(plain.isPresent() ? plain.get().run() : Commands.run(args));
  }
}
