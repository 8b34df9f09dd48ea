package dev.gatehouse.frontdoor.login;

import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.BufferException;

/**
 * A SSH_MSG_USERAUTH_REQUEST (RFC 4252, 5).
 *
 * @param fields those of the method, unread
 */
record AuthRequest(String user, String service, String method, Buffer fields) {
  static AuthRequest parse(Buffer in) {
    return new AuthRequest(in.getString(), in.getString(), in.getString(), in);
  }

  /** What goes on after the last field is nothing that we know. */
  static void requireEnd(Buffer in) {
    if (in.available() > 0) {
      throw new BufferException("bytes after the last field");
    }
  }
}
