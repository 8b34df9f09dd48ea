package dev.gatehouse.key;

import java.util.Optional;
import java.util.Set;

/**
 * What a login may not do, as the options of an authorized key (sshd(8), AUTHORIZED_KEYS FILE
 * FORMAT) and of a certificate (PROTOCOL.certkeys) say. It concerns what is done with a workspace.
 *
 * @param pty whether a terminal is given (pty-req)
 * @param agentForwarding whether auth-agent-req is granted
 * @param portForwarding whether TCP and unix sockets are forwarded, in either direction
 * @param x11Forwarding whether x11-req is granted
 * @param forcedCommand what is run in place of whatever was asked for; the person's own command is
 *     in SSH_ORIGINAL_COMMAND
 * @param permitOpen the only {@code host:port} that direct-tcpip may go to; a port of {@code *} is
 *     any; empty means any at all
 * @param permitListen the only {@code [host:]port} that tcpip-forward may listen on; empty means
 *     any
 */
public record Restrictions(
    boolean pty,
    boolean agentForwarding,
    boolean portForwarding,
    boolean x11Forwarding,
    Optional<String> forcedCommand,
    Optional<Set<String>> permitOpen,
    Optional<Set<String>> permitListen) {

  /** Everything is allowed. */
  public static final Restrictions NONE =
      new Restrictions(
          true, true, true, true, Optional.empty(), Optional.empty(), Optional.empty());
}
