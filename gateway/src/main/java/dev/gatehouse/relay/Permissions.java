package dev.gatehouse.relay;

import dev.gatehouse.key.Restrictions;
import java.util.Optional;
import java.util.Set;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.BufferException;

/**
 * What the restrictions of a login mean for messages of RFC 4254. Every place where something opens
 * or begins asks here. A field is looked at and left unread.
 */
record Permissions(Restrictions restrictions) {
  private static final String ANY_PORT = "*";

  /** Whether a session may have this before or after it starts. */
  boolean allowRequest(String type) {
    return switch (type) {
      case "pty-req" -> restrictions.pty();
      case "auth-agent-req@openssh.com" -> restrictions.agentForwarding();
      case "x11-req" -> restrictions.x11Forwarding();
      default -> true;
    };
  }

  /** Whether the client may open this; the fields of the type follow. */
  boolean allowOpen(String type, Buffer fields) {
    return switch (type) {
      case "direct-tcpip" -> restrictions.portForwarding() && allowTarget(fields);
      // permitopen names hosts and ports only: who has one may not go round it by a socket.
      case "direct-streamlocal@openssh.com", "tun@openssh.com" ->
          restrictions.portForwarding() && restrictions.permitOpen().isEmpty();
      default -> true;
    };
  }

  /** Whether the workspace may be asked to listen. */
  boolean allowListen(String type, Buffer fields) {
    return restrictions.portForwarding()
        && restrictions
            .permitListen()
            .map(permitted -> type.endsWith("tcpip-forward") && isListed(permitted, fields, true))
            .orElse(true);
  }

  /** Whether the workspace may open this towards the client at all. */
  boolean allowReverse(String type) {
    return switch (type) {
      case "auth-agent@openssh.com" -> restrictions.agentForwarding();
      case "x11" -> restrictions.x11Forwarding();
      case "forwarded-tcpip", "forwarded-streamlocal@openssh.com" -> restrictions.portForwarding();
      default -> true;
    };
  }

  Optional<String> forcedCommand() {
    return restrictions.forcedCommand();
  }

  private boolean allowTarget(Buffer fields) {
    return restrictions
        .permitOpen()
        .map(permitted -> isListed(permitted, fields, false))
        .orElse(true);
  }

  /** The host as the client wrote it: what it stands for is the workspace's affair. */
  private static boolean isListed(Set<String> permitted, Buffer fields, boolean portAlone) {
    var start = fields.rpos();
    String host;
    String port;
    try {
      host = fields.getString();
      port = Long.toString(fields.getUInt());
    } catch (BufferException e) {
      return false;
    } finally {
      fields.rpos(start);
    }
    return permitted.stream()
        .anyMatch(
            p ->
                (p.indexOf(':') < 0 && portAlone && isPort(p, port))
                    || (p.lastIndexOf(':') > 0
                        && unbracketed(p.substring(0, p.lastIndexOf(':'))).equals(host)
                        && isPort(p.substring(p.lastIndexOf(':') + 1), port)));
  }

  private static boolean isPort(String permitted, String port) {
    return permitted.equals(ANY_PORT) || permitted.equals(port);
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}
