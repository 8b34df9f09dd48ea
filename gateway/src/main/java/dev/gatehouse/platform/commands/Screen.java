package dev.gatehouse.platform.commands;

import dev.gatehouse.failure.UserError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Optional;

/**
 * Where a command prints, and whom it asks.
 *
 * @param isTerminal whether somebody sits there; if not, nothing is coloured and nobody is asked
 */
record Screen(PrintStream out, BufferedReader in, boolean isTerminal) {
  static Screen ofThisProcess() {
    var console = Optional.ofNullable(System.console()).filter(c -> c.isTerminal());
    return new Screen(
        System.out,
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())),
        console.isPresent());
  }

  void line(String text) {
    out.println(text);
  }

  /**
   * Asks a question.
   *
   * @param expected the only answer that means yes
   * @param instead what to say on the command line where nobody can be asked
   * @throws UserError if nobody can be asked
   */
  boolean confirms(String question, String expected, String instead) {
    if (!isTerminal) {
      throw UserError.usage("nobody can be asked here; say %s to go on".formatted(instead));
    }
    out.print(question + " ");
    out.flush();
    try {
      var answer = in.readLine();
      return answer != null && answer.strip().equals(expected);
    } catch (IOException e) {
      return false;
    }
  }
}
