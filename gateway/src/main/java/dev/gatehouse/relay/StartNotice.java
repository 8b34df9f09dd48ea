package dev.gatehouse.relay;

import dev.gatehouse.relay.SessionRequest.Kind;
import dev.gatehouse.text.SafeText;
import java.time.Duration;

/**
 * How a person is told that the workspace is starting. On a terminal one line is rewritten; an exec
 * has a line on stderr for each step, after a second; a subsystem's stderr may be shown by nobody,
 * so it stays silent.
 */
final class StartNotice {
  private static final long FIRST_ON_TERMINAL_MILLIS = 300;
  private static final long FIRST_MILLIS = 1000;
  private static final long NEXT_MILLIS = 1000;
  private static final String STARTING = "starting";
  private static final String ERASE_LINE = "\r\033[K";

  private final String what;
  private final boolean terminal;
  private final int width;
  private final long first;
  private final boolean silent;
  private final long began = System.nanoTime();
  private String doing = STARTING;
  private String step = "";
  private String told = "";
  private boolean shown;

  StartNotice(String what, SessionStart start) {
    this.what = what;
    this.terminal = start.hasTerminal();
    this.width = start.columns() > 0 ? start.columns() - 1 : Integer.MAX_VALUE;
    // A command's output may be read by a program, on a terminal too: it is disturbed later.
    this.first = terminal && start.kind() == Kind.SHELL ? FIRST_ON_TERMINAL_MILLIS : FIRST_MILLIS;
    this.silent = start.kind() == Kind.SUBSYSTEM;
  }

  /** It runs, and its sshd is being connected to. */
  void connecting() {
    doing = "connecting to";
    step = "";
  }

  void step(String step) {
    doing = STARTING;
    this.step = SafeText.line(step);
  }

  /** Whether the wait has become noticeable. */
  boolean isDue() {
    return elapsedMillis() >= first;
  }

  /** When to look again. */
  long nextMillis() {
    return isDue() ? NEXT_MILLIS : Math.max(first - elapsedMillis(), 1);
  }

  /** What to show now; empty if there is nothing new. */
  String text() {
    var now = "%s %s%s".formatted(doing, what, step.isEmpty() ? "" : ": " + step);
    if (silent || (!terminal && shown && now.equals(told))) {
      return "";
    }
    shown = true;
    told = now;
    var line = "%s (%d s)".formatted(now, Duration.ofMillis(elapsedMillis()).toSeconds());
    return terminal ? ERASE_LINE + fit(line) : "gatehouse: " + line + "\n";
  }

  /** Takes the live line away. */
  String erase() {
    return terminal && shown ? ERASE_LINE : "";
  }

  /** A line that wraps could not be taken away as one. */
  private String fit(String line) {
    return line.length() <= width ? line : line.substring(0, width);
  }

  private long elapsedMillis() {
    return (System.nanoTime() - began) / 1_000_000;
  }
}
