package dev.gatehouse.console.terminal;

import java.util.function.IntSupplier;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;

/**
 * Makes Ctrl-C interrupt the thread of the command that runs, so that a command that blocks needs
 * no code of its own for it.
 */
public final class CtrlC {
  /** Guarded by this, as is {@link #pressed}: no interrupt may hit what comes after the command. */
  private @Nullable Thread running;

  private boolean pressed;

  private CtrlC() {}

  public static CtrlC on(Terminal terminal) {
    var ctrlC = new CtrlC();
    terminal.handle(Terminal.Signal.INT, _ -> ctrlC.press());
    return ctrlC;
  }

  public int during(IntSupplier command) {
    begin();
    try {
      return command.getAsInt();
    } finally {
      end();
    }
  }

  private synchronized void begin() {
    running = Thread.currentThread();
    pressed = false;
  }

  private synchronized void end() {
    running = null;
    if (pressed) {
      Thread.interrupted();
    }
  }

  private synchronized void press() {
    if (running != null) {
      pressed = true;
      running.interrupt();
    }
  }
}
