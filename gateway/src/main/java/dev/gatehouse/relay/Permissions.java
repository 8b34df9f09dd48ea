package dev.gatehouse.relay;

import dev.gatehouse.key.Restrictions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.BufferException;

/**
 * What the restrictions of a login mean for messages of RFC 4254. Every place where something opens
 * or begins asks here. A field is looked at and left unread.
 *
 * <p>A restricted login may use the names that stand here and no others, because the workspace may
 * know a thing by more names than the gateway: OpenSSH ignores a zero byte at the end of one, MINA
 * the case of a channel type.
 */
record Permissions(Restrictions restrictions) {
  /** sshd(8): what was asked for in place of the forced command. */
  static final String ORIGINAL_COMMAND = "SSH_ORIGINAL_COMMAND";

  private static final String ANY = "*";

  /** What a forced command gets of the client's environment; git takes commands from GIT_CONFIG. */
  private static final List<String> VARIABLES = List.of("LANG", "COLORTERM", "GIT_PROTOCOL");

  /** Whether a session may have this before it starts. */
  boolean allowRequest(String type) {
    return switch (type) {
      case "pty-req" -> restrictions.pty();
      case "auth-agent-req@openssh.com" -> restrictions.agentForwarding();
      case "x11-req" -> restrictions.x11Forwarding();
      case "env", "window-change", "signal", "break", "xon-xoff", "eow@openssh.com" -> true;
      default -> isFree();
    };
  }

  /**
   * Whether a session that has started may have this. After a start that failed some clients try
   * another, which nobody replaces with a forced command.
   */
  boolean allowLaterRequest(String type) {
    return switch (type) {
      case "shell", "exec", "subsystem" -> forcedCommand().isEmpty();
      default -> allowRequest(type);
    };
  }

  /** Whether the client may set this variable. */
  boolean allowVariable(String name) {
    return !name.startsWith(ORIGINAL_COMMAND)
        && (forcedCommand().isEmpty() || name.startsWith("LC_") || VARIABLES.contains(name));
  }

  /** Whether the client may open this; the fields of the type follow. */
  boolean allowOpen(String type, Buffer fields) {
    return switch (type) {
      case "direct-tcpip" -> restrictions.portForwarding() && allowTarget(fields);
      // permitopen names hosts and ports only: who has one may not go round it by a socket.
      case "direct-streamlocal@openssh.com" ->
          restrictions.portForwarding() && restrictions.permitOpen().isEmpty();
      case "session" -> true;
      default -> isFree();
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
      default -> isFree();
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
            p -> {
              var colon = p.lastIndexOf(':');
              var isHost = colon > 0 ? isHost(p.substring(0, colon), host) : portAlone;
              return isHost && isPort(p.substring(colon + 1), port);
            });
  }

  private static boolean isHost(String permitted, String host) {
    return permitted.equals(ANY) || unbracketed(permitted).equals(host);
  }

  private static boolean isPort(String permitted, String port) {
    return permitted.equals(ANY) || permitted.equals(port);
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private boolean isFree() {
    return restrictions.equals(Restrictions.NONE);
  }
}
