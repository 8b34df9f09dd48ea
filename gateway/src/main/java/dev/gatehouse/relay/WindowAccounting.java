package dev.gatehouse.relay;

import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;

/**
 * Accounts for one direction of a channel (RFC 4254, 5.2), in bytes since it was opened. The sender
 * is granted no more than the receiver allowed, and no more than {@link #AHEAD} beyond what has
 * reached the receiver's socket: so a receiver that does not read stops its sender, and the bytes
 * in between are bounded. Guarded by the relay's lock.
 */
final class WindowAccounting {
  /** How far a sender may be ahead of what was written to the receiver's socket. */
  static final long AHEAD = 2 << 20;

  /**
   * A grant below this is not worth a message, and a write of a few bytes to the sender's socket,
   * unless the sender has little left.
   */
  static final long WORTHWHILE = AHEAD / 4;

  /** What is kept of a session's window for the gateway's own words, unless it is tiny. */
  private static final long RESERVE = 1 << 10;

  private static final long MAX_WINDOW = 0xffffffffL;

  private long credit;
  private long granted;
  private long received;
  private long sent;
  private long written;
  private long reserved;
  private int maxPacket;

  /**
   * @param granted what the sender was granted before the receiver's window is known
   */
  WindowAccounting(long granted) {
    this.granted = granted;
  }

  /** The receiver has told its initial window and maximum packet size. */
  void open(long window, long packet) throws SshException {
    if (packet < 1) {
      throw protocolError("maximum packet size 0");
    }
    credit = window;
    maxPacket = (int) Math.min(packet, Wire.MAX_PACKET);
  }

  /** A WINDOW_ADJUST of the receiver. */
  void allow(long bytes) throws SshException {
    credit += bytes;
    if (credit - sent > MAX_WINDOW) {
      throw protocolError("window of more than 2^32-1 bytes");
    }
  }

  /** The sender sent so much. */
  void receive(long bytes) throws SshException {
    received += bytes;
    if (received > granted) {
      throw protocolError("more data than the window allows");
    }
  }

  /** Whether the receiver takes a data message of this size now. */
  boolean fits(long bytes) {
    return bytes <= room() && bytes <= maxPacket;
  }

  /** How much the receiver takes in one message now. */
  int nextPacket() {
    return (int) Math.min(room(), maxPacket);
  }

  void send(long bytes) {
    sent += bytes;
  }

  /** The gateway itself sends so much to the receiver. */
  void sendOwn(long bytes) {
    granted += bytes;
    received += bytes;
    sent += bytes;
  }

  /** The sender was granted more by somebody else, who reads what it sends. */
  void grantMore(long bytes) {
    granted += bytes;
  }

  /** Keeps something of the window back, so that the gateway can say something at any time. */
  void reserve() {
    reserved = credit > 8 * RESERVE ? RESERVE : 0;
  }

  /** The sender is gone: what it was granted and has not used is free again. */
  void senderGone() {
    granted = received;
  }

  /** How much the gateway itself may send without taking what the sender was granted. */
  long ownRoom() {
    return Math.min(credit - granted, AHEAD - (sent - written));
  }

  void written(long bytes) {
    written += bytes;
  }

  int maxPacket() {
    return maxPacket;
  }

  /** How much more the sender may be granted now; 0 if that is not worth a message yet. */
  long grant() {
    var more = grantable();
    var left = granted - received;
    return (more >= WORTHWHILE || (more > 0 && more >= left)) ? grantNow(more) : 0;
  }

  /** The same for an initial window: whatever there is. */
  long grantAll() {
    return grantNow(Math.max(grantable(), 0));
  }

  private long grantable() {
    return Math.min(credit - reserved, written + AHEAD) - granted;
  }

  private long grantNow(long bytes) {
    granted += bytes;
    return bytes;
  }

  private long room() {
    return credit - sent;
  }

  private static SshException protocolError(String what) {
    return new SshException(SshConstants.SSH2_DISCONNECT_PROTOCOL_ERROR, what);
  }
}
