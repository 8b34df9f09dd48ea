package dev.gatehouse.relay;

import java.net.Socket;

/** Connects to an app. */
@FunctionalInterface
public interface AppDial {
  /**
   * Runs on a virtual thread of its own and may block.
   *
   * @return connected; whoever gets it closes it
   * @throws dev.gatehouse.failure.FailureException if the app cannot be reached
   */
  Socket dial();
}
