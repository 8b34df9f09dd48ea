package dev.gatehouse.relay;

import dev.gatehouse.failure.Failure;
import org.apache.sshd.common.util.buffer.Buffer;

/**
 * A channel of the client's connection, by the number that the gateway gave it. Every call holds
 * the relay's lock. In a message, the channel number has been read and the rest has not.
 */
interface Channel {
  void fromClient(int message, Buffer in) throws Exception;

  void fromWorkspace(int message, Buffer in) throws Exception;

  /** The connection to the workspace is gone, and with it the far end of this channel. */
  void workspaceLost(Failure why);

  /** The workspace is being ended: a person or a program there is told so, if it can be. */
  default void workspaceEnds(Failure why) {}

  /** The client's connection is gone: nothing can be sent to it any more. */
  void clientLost();

  /** Nothing has passed for longer than it may: it is closed towards both. */
  void timedOut(Failure why);

  /** The client's connection may take more now, or no more. */
  default void congestionChanged() {}

  /** Ends it if what it was granted is granted no longer. */
  default void recheck() {}

  /** Shows a line on its terminal; answers whether there is one. */
  default boolean tell(String line) {
    return false;
  }
}
