package dev.gatehouse.transport;

import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * The payload of one packet (RFC 4253, 6) where it was decrypted. There is room around it, so that
 * it can be sent on to another connection from the same array.
 */
public final class Packet extends ByteArrayBuffer {
  /** Packet length and padding length, as MINA expects before a payload that it encrypts. */
  static final int HEADER = SshConstants.SSH_PACKET_HEADER_LEN;

  /** Padding and a tag or MAC of the largest kind. */
  private static final int TRAILER = 2 * 16 + 64;

  /** Who keeps the array of a smaller packet keeps more room than bytes. */
  private static final int WORTHWHILE = PacketArrays.SIZE / 2;

  private boolean kept;

  /**
   * @param from where the payload begins
   * @param length of the payload, in bytes
   */
  Packet(byte[] array, int from, int length) {
    super(array, from, length, true);
  }

  /**
   * Takes the packet from the decoder that it came from, which would use the array again. When it
   * has been sent, {@link #release} it.
   *
   * @return whether it can be sent on from its array: else it must be copied
   */
  public boolean keep() {
    kept = wpos() >= WORTHWHILE && array().length - wpos() >= TRAILER;
    return kept;
  }

  /** The bytes have been written, and nobody looks at them any more. */
  public void release() {
    PacketArrays.give(array());
  }

  boolean isKept() {
    return kept;
  }
}
