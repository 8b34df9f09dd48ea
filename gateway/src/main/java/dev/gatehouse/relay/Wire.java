package dev.gatehouse.relay;

import dev.gatehouse.transport.Packet;
import java.nio.charset.StandardCharsets;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.BufferUtils;

/** Writes the messages of RFC 4254 that the gateway sends of its own accord or rewrites. */
final class Wire {
  /** The largest data message that we announce and send, as OpenSSH's. */
  static final int MAX_PACKET = 32 << 10;

  /** RFC 4254, 5.2. */
  static final int STDERR = 1;

  private static final int FIELDS = 64;

  private Wire() {}

  /** A message of one channel: the rest of {@code in} goes behind the channel number as it is. */
  static Buffer channel(Session to, int message, long number, Buffer in) {
    var out = to.createBuffer((byte) message, Integer.BYTES + in.available());
    out.putUInt(number);
    out.putRawBytes(in.array(), in.rpos(), in.available());
    return out;
  }

  /**
   * A data message, the rest of which is {@code in} behind its channel number. If it is a large
   * packet, it goes on in its own array.
   */
  static Buffer data(Session to, int message, long number, Buffer in) {
    if (in instanceof Packet packet && packet.keep()) {
      BufferUtils.putUInt(number, in.array(), in.rpos() - Integer.BYTES, Integer.BYTES);
      in.rpos(in.rpos() - Integer.BYTES - 1);
      return in;
    }
    return channel(to, message, number, in);
  }

  /** A message of one channel without further fields: EOF, CLOSE, SUCCESS, FAILURE. */
  static Buffer channel(Session to, int message, long number) {
    var out = to.createBuffer((byte) message, Integer.BYTES);
    out.putUInt(number);
    return out;
  }

  static Buffer windowAdjust(Session to, long number, long bytes) {
    var out = to.createBuffer(SshConstants.SSH_MSG_CHANNEL_WINDOW_ADJUST, 2 * Integer.BYTES);
    out.putUInt(number);
    out.putUInt(bytes);
    return out;
  }

  static Buffer data(Session to, long number, byte[] bytes, int from, int length) {
    var out = to.createBuffer(SshConstants.SSH_MSG_CHANNEL_DATA, 2 * Integer.BYTES + length);
    out.putUInt(number);
    out.putBytes(bytes, from, length);
    return out;
  }

  static Buffer extendedData(
      Session to, long number, long code, byte[] bytes, int from, int length) {
    var out =
        to.createBuffer(SshConstants.SSH_MSG_CHANNEL_EXTENDED_DATA, 3 * Integer.BYTES + length);
    out.putUInt(number);
    out.putUInt(code);
    out.putBytes(bytes, from, length);
    return out;
  }

  /** The rest of {@code in} goes behind the fields of the open. */
  static Buffer open(Session to, String type, long number, long window, long packet, Buffer in) {
    var out = to.createBuffer(SshConstants.SSH_MSG_CHANNEL_OPEN, FIELDS + in.available());
    out.putString(type);
    out.putUInt(number);
    out.putUInt(window);
    out.putUInt(packet);
    out.putRawBytes(in.array(), in.rpos(), in.available());
    return out;
  }

  static Buffer openConfirmation(
      Session to, long recipient, long sender, long window, long packet) {
    var out = to.createBuffer(SshConstants.SSH_MSG_CHANNEL_OPEN_CONFIRMATION, FIELDS);
    out.putUInt(recipient);
    out.putUInt(sender);
    out.putUInt(window);
    out.putUInt(packet);
    return out;
  }

  static Buffer openFailure(Session to, long recipient, int reason, String text) {
    var out =
        to.createBuffer(SshConstants.SSH_MSG_CHANNEL_OPEN_FAILURE, FIELDS + 4 * text.length());
    out.putUInt(recipient);
    out.putUInt(reason);
    out.putString(text, StandardCharsets.UTF_8);
    out.putString("");
    return out;
  }

  /** A channel request without reply; the rest of {@code in} are its type-specific fields. */
  static Buffer request(Session to, long number, String type, boolean wantReply, Buffer in) {
    var out = to.createBuffer(SshConstants.SSH_MSG_CHANNEL_REQUEST, FIELDS + in.available());
    out.putUInt(number);
    out.putString(type);
    out.putBoolean(wantReply);
    out.putRawBytes(in.array(), in.rpos(), in.available());
    return out;
  }

  /** RFC 4254, 6.10. */
  static Buffer exitStatus(Session to, long number, int status) {
    var out = to.createBuffer(SshConstants.SSH_MSG_CHANNEL_REQUEST, FIELDS);
    out.putUInt(number);
    out.putString("exit-status");
    out.putBoolean(false);
    out.putUInt(status & 0xffffffffL);
    return out;
  }
}
