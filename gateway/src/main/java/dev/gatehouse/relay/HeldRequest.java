package dev.gatehouse.relay;

import dev.gatehouse.relay.SessionRequest.Kind;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * A channel request that is kept until it is known where the session goes.
 *
 * @param wantReply whether its reply will be needed when it is sent
 * @param fields the type-specific fields, as they came
 */
record HeldRequest(String type, boolean wantReply, Buffer fields) {
  private static final int OVERHEAD = 256;

  static HeldRequest copy(String type, boolean wantReply, Buffer in) {
    return new HeldRequest(type, wantReply, new ByteArrayBuffer(in.getCompactData()));
  }

  /**
   * An env request (RFC 4254, 6.4) of our own.
   *
   * @param value as bytes, since a command need not be UTF-8
   */
  static HeldRequest variable(String name, byte[] value) {
    var fields = new ByteArrayBuffer();
    fields.putString(name);
    fields.putBytes(value);
    return new HeldRequest("env", false, fields);
  }

  /** An exec or subsystem request (RFC 4254, 6.5) of our own. */
  static HeldRequest start(Kind kind, String command, boolean wantReply) {
    var fields = new ByteArrayBuffer();
    fields.putString(command);
    return new HeldRequest(kind.type(), wantReply, fields);
  }

  /** The first field, which stays unread: it may go to the workspace as it is. */
  byte[] text() {
    var start = fields.rpos();
    var text = fields.getBytes();
    fields.rpos(start);
    return text;
  }

  boolean is(String name) {
    return type.equals(name);
  }

  /** What it takes to keep this, in bytes; an empty one takes some, too. */
  int size() {
    return OVERHEAD + type.length() + fields.available();
  }

  Buffer message(Session to, long number) {
    return Wire.request(to, number, type, wantReply, fields);
  }
}
