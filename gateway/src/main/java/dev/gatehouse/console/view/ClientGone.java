package dev.gatehouse.console.view;

import java.io.IOException;

/** The client is no longer there to read: whatever runs for it ends, and nobody is told. */
public final class ClientGone extends RuntimeException {
  public ClientGone(IOException cause) {
    super(cause);
  }
}
