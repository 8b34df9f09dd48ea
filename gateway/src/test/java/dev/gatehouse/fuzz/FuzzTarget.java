package dev.gatehouse.fuzz;

import dev.gatehouse.failure.UserError;
import java.util.regex.Pattern;

/** A parser, and what must hold of its answer. */
public abstract class FuzzTarget {
  /** What {@link dev.gatehouse.failure.Quote} lets pass, and the ends of lines. */
  private static final Pattern FIT_FOR_A_LOG = Pattern.compile("[ -~…\n]{1,50000}");

  /** Also the folder of its corpus. */
  protected abstract String name();

  /**
   * Parses.
   *
   * @return checks what must hold of the answer
   * @throws UserError if the parser refuses the input
   */
  protected abstract Runnable parse(byte[] input);

  /** What more must hold of a refusal. */
  protected void refused(byte[] input, UserError error) {}

  /** Whatever else than a {@link UserError} the parser throws goes through. */
  final void check(byte[] input) {
    Runnable rest;
    try {
      rest = parse(input);
    } catch (UserError e) {
      require(FIT_FOR_A_LOG.matcher(e.text()).matches(), "not fit for a log: " + e.text());
      rest = () -> refused(input, e);
    }
    rest.run();
  }

  protected static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  @Override
  public final String toString() {
    return name();
  }
}
