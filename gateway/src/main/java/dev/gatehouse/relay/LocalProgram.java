package dev.gatehouse.relay;

import java.io.IOException;

/** A program inside the gateway that a session is connected to. */
@FunctionalInterface
public interface LocalProgram {
  /**
   * Runs on a virtual thread of its own and may block.
   *
   * @return the exit status for the client
   */
  int run(LocalSession session) throws IOException;
}
