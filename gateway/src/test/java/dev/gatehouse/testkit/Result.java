package dev.gatehouse.testkit;

import java.nio.charset.StandardCharsets;

/**
 * How a program ended.
 *
 * @param exit its exit status; 128 + n when signal n ended it
 * @param bytes its standard output
 * @param stderr its standard error
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares results
public record Result(int exit, byte[] bytes, String stderr) {
  private static final int SHOWN = 4000;

  /** Its standard output as text. */
  public String stdout() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** This, if all went well; otherwise fails with all there is to know. */
  public Result ok() {
    if (exit != 0) {
      throw new AssertionError(toString());
    }
    return this;
  }

  @Override
  public String toString() {
    return "exit " + exit + "\n--- stdout\n" + shown(stdout()) + "\n--- stderr\n" + shown(stderr);
  }

  private static String shown(String text) {
    return text.length() <= SHOWN ? text : "… " + text.substring(text.length() - SHOWN);
  }
}
