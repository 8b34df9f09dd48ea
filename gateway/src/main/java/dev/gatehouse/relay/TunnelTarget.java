package dev.gatehouse.relay;

import java.util.Optional;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.BufferException;

/** Where a tunnel is to lead inside the workspace, as the client wrote it: hostile. */
public sealed interface TunnelTarget {
  /**
   * Of a direct-tcpip (RFC 4254, 7.2).
   *
   * @param port up to 2^32-1
   */
  record Port(String host, long port) implements TunnelTarget {}

  /** Of a direct-streamlocal@openssh.com (OpenSSH's PROTOCOL, 2.4). */
  record Socket(String path) implements TunnelTarget {}

  /** Looks at the fields and leaves them unread; empty if they are none of a tunnel. */
  static Optional<TunnelTarget> of(String type, Buffer fields) {
    var start = fields.rpos();
    try {
      return switch (type) {
        case "direct-tcpip" -> Optional.of(new Port(fields.getString(), fields.getUInt()));
        case "direct-streamlocal@openssh.com" -> Optional.of(new Socket(fields.getString()));
        default -> Optional.empty();
      };
    } catch (BufferException e) {
      return Optional.empty(); // the workspace's sshd will say what is wrong with it
    } finally {
      fields.rpos(start);
    }
  }
}
