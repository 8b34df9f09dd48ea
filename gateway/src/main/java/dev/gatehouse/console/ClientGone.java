package dev.gatehouse.console;

import java.io.IOException;

/** The client is no longer there to read: whatever runs for it ends, and nobody is told. */
final class ClientGone extends RuntimeException {
  ClientGone(IOException cause) {
    super(cause);
  }
}
