package dev.gatehouse.relay;

import java.util.Optional;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.BufferException;

/**
 * Where a direct-tcpip is to lead (RFC 4254, 7.2), as the client wrote it: hostile.
 *
 * @param port up to 2^32-1
 */
public record AppTarget(String host, long port) {
  /** Looks at the fields and leaves them unread; empty if they are none. */
  static Optional<AppTarget> of(Buffer fields) {
    var start = fields.rpos();
    try {
      return Optional.of(new AppTarget(fields.getString(), fields.getUInt()));
    } catch (BufferException e) {
      return Optional.empty();
    } finally {
      fields.rpos(start);
    }
  }
}
