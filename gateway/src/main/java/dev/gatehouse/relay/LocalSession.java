package dev.gatehouse.relay;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * A session as a program inside the gateway sees it. Streams block; once the client has gone,
 * reading ends and writing fails.
 */
public interface LocalSession {
  InputStream in();

  OutputStream out();

  OutputStream err();

  Optional<Terminal> terminal();

  /** The client's terminal (RFC 4254, 6.2 and 6.7). */
  interface Terminal {
    /** The TERM value: hostile. */
    String type();

    int columns();

    int rows();

    /** Calls {@code listener} on an I/O thread at each window change. */
    void onResize(Runnable listener);
  }
}
