package dev.gatehouse.fuzz;

/** What Jazzer calls, in a process of its own. */
public final class JazzerEntry {
  private static FuzzTarget target = FuzzTargets.all().getFirst();

  private JazzerEntry() {}

  /** Called once, with the name of the target. Loading classes counts as no input's time. */
  public static void fuzzerInitialize(String[] arguments) {
    target = FuzzTargets.named(arguments[0]);
    Corpus.of(target).files().forEach(file -> target.check(Corpus.read(file)));
  }

  public static void fuzzerTestOneInput(byte[] input) {
    target.check(input);
  }
}
