package dev.gatehouse.relay;

import dev.gatehouse.failure.Failure;
import org.apache.sshd.common.AttributeRepository.AttributeKey;

/** A relay, for who watches over it. Calls may come on any thread and return at once. */
public interface RelayHandle {
  /** Where it is found on a connection whose ssh-connection service has begun. */
  AttributeKey<RelayHandle> KEY = new AttributeKey<>();

  ConnectionStatus status();

  /**
   * Shows a line on every terminal of the connection.
   *
   * @return how many there were
   */
  int tell(String line);

  /**
   * The workspace is being ended. Its sessions are told now, since their programs may end before
   * the connection is lost; programs that speak a protocol through a subsystem are not.
   */
  void workspaceEnds(Failure why);

  /** Ends the channels to apps that are no longer granted. */
  void recheckApps();

  /** Ends the connection; terminals see the reason first, and the client's program gets it. */
  void end(String reason);
}
