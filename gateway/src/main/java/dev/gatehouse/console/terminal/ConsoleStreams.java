package dev.gatehouse.console.terminal;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Where a console command reads and writes: one session channel. All calls block and belong on the
 * command's own virtual thread. Writing fails with an {@link java.io.IOException} once the client
 * has gone; reading then ends.
 */
public interface ConsoleStreams {
  /** A blocked read ends when its thread is interrupted, as piped streams' reads do. */
  InputStream in();

  OutputStream out();

  /** The channel's stderr (extended data 1). On a terminal it may be the same screen as out. */
  OutputStream err();

  /** Where the client is; empty if it is not known. */
  default Optional<InetAddress> address() {
    return Optional.empty();
  }

  /** Present when the client asked for a terminal. */
  Optional<Pty> pty();

  /**
   * Whether the client sent a non-empty {@code NO_COLOR} (no-color.org) in an env request (RFC
   * 4254, 6.4), as it does with OpenSSH's {@code SendEnv NO_COLOR}.
   */
  default boolean noColor() {
    return false;
  }

  /** The client's terminal, as pty-req and window-change (RFC 4254, 6.2 and 6.7) describe it. */
  interface Pty {
    /** The TERM value as sent by the client: hostile until checked against an allow-list. */
    String term();

    Size size();

    /** Calls {@code listener} at each window change, on an I/O thread: it must return quickly. */
    void onResize(Runnable listener);

    /** In characters; a client that does not know sends 0. */
    record Size(int columns, int rows) {}
  }
}
