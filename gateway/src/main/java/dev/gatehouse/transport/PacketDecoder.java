package dev.gatehouse.transport;

import java.util.Arrays;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.cipher.Cipher;
import org.apache.sshd.common.mac.Mac;
import org.apache.sshd.common.util.Readable;
import org.apache.sshd.common.util.buffer.BufferUtils;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what a connection receives into packets (RFC 4253, 6) and decrypts each where it lies.
 * MINA's own moves all that is left of a read after each packet, and its buffer cannot be given
 * away. Used by one thread at a time.
 *
 * <p>There is no compression, and no cipher in CBC mode, whose wrong lengths would have to be
 * hidden from an attacker.
 */
public final class PacketDecoder {
  /** A connection as its decoder sees it. What it answers changes with each key exchange. */
  public interface Connection {
    /** Null before the first key exchange. */
    @Nullable Cipher cipher();

    /** Null where the cipher authenticates, and before the first key exchange. */
    @Nullable Mac mac();

    /** Number of the packet to come (RFC 4253, 6.4). */
    long sequence();

    /**
     * One packet has come. It is the decoder's again when this returns, unless it is kept.
     *
     * @param blocks of the cipher, counted for the next key exchange
     */
    void received(Packet packet, int blocks) throws Exception;
  }

  private static final int LENGTH = Integer.BYTES;

  /** RFC 4253, 6: without cipher, and the least for any. */
  private static final int MIN_BLOCK = 8;

  private static final int MIN_PADDING = 4;

  /** As MINA and OpenSSH have it. */
  private static final int MAX_LENGTH = 256 << 10;

  private static final int UNKNOWN = -1;
  private static final byte[] NONE = {};

  private byte[] array = NONE;
  private int filled;
  private int length = UNKNOWN;

  /**
   * Takes all there is to read.
   *
   * @throws SshException for a packet that RFC 4253 does not allow, or that is not authentic
   */
  public void decode(Readable in, Connection connection) throws Exception {
    while (complete(in, connection)) {
      var cipher = connection.cipher();
      var block = block(cipher);
      open(cipher, connection.mac(), connection.sequence());
      var payload = length - 1 - padding();
      var packet = new Packet(array, Packet.HEADER, payload);
      var blocks = Math.max(1, length / block);
      length = UNKNOWN;
      filled = 0;
      connection.received(packet, blocks);
      if (packet.isKept()) {
        array = NONE;
      }
    }
    if (filled == 0) {
      rest();
    }
  }

  /** Whether a whole packet is there; if not, all of {@code in} has been taken. */
  private boolean complete(Readable in, Connection connection) throws Exception {
    var cipher = connection.cipher();
    var mac = connection.mac();
    if (length == UNKNOWN) {
      if (!fill(in, isLengthApart(cipher, mac) ? LENGTH : block(cipher))) {
        return false;
      }
      length = readLength(cipher, mac);
    }
    return fill(in, LENGTH + length + tagSize(cipher) + (mac == null ? 0 : mac.getBlockSize()));
  }

  /** Whether the first {@code size} bytes of the packet are there. */
  private boolean fill(Readable in, int size) {
    var missing = Math.min(size - filled, in.available());
    if (missing > 0) {
      reserve(filled + missing);
      in.getRawBytes(array, filled, missing);
      filled += missing;
    }
    return filled >= size;
  }

  /** An array grows with what has come, not with what a packet says that will. */
  private void reserve(int size) {
    if (array.length == 0) {
      array = PacketArrays.take();
    }
    if (size > array.length) {
      array = Arrays.copyOf(array, Math.max(size, 2 * array.length));
    }
  }

  /** A connection that waits for its next packet has no array. */
  private void rest() {
    PacketArrays.give(array);
    array = NONE;
  }

  private int readLength(@Nullable Cipher cipher, @Nullable Mac mac) throws Exception {
    if (cipher != null && tagSize(cipher) > 0) {
      cipher.updateAAD(array, 0, LENGTH);
    } else if (cipher != null && !isLengthApart(cipher, mac)) {
      cipher.update(array, 0, block(cipher));
    }
    var read = BufferUtils.getUInt(array, 0, LENGTH);
    var whole = isLengthApart(cipher, mac) ? read : LENGTH + read;
    if (read < 1 + MIN_PADDING
        || read > MAX_LENGTH
        || (cipher != null && whole % block(cipher) != 0)) {
      throw protocolError("invalid packet length %d".formatted(read));
    }
    return (int) read;
  }

  private void open(@Nullable Cipher cipher, @Nullable Mac mac, long sequence) throws Exception {
    if (cipher != null && tagSize(cipher) > 0) {
      cipher.update(array, LENGTH, length);
    } else if (mac != null && mac.isEncryptThenMac()) {
      verify(mac, sequence);
      if (cipher != null) {
        cipher.update(array, LENGTH, length);
      }
    } else {
      if (cipher != null && LENGTH + length > block(cipher)) {
        cipher.update(array, block(cipher), LENGTH + length - block(cipher));
      }
      if (mac != null) {
        verify(mac, sequence);
      }
    }
  }

  private void verify(Mac mac, long sequence) throws Exception {
    var expected = new byte[mac.getBlockSize()];
    mac.updateUInt(sequence);
    mac.update(array, 0, LENGTH + length);
    mac.doFinal(expected, 0);
    if (!Mac.equals(expected, 0, array, LENGTH + length, expected.length)) {
      throw new SshException(SshConstants.SSH2_DISCONNECT_MAC_ERROR, "MAC error");
    }
  }

  private int padding() throws SshException {
    var padding = array[LENGTH] & 0xff;
    if (padding > length - 1) {
      throw protocolError("padding of %d bytes in a packet of %d".formatted(padding, length));
    }
    return padding;
  }

  /** Whether the length can be told before anything else is decrypted. */
  private static boolean isLengthApart(@Nullable Cipher cipher, @Nullable Mac mac) {
    return cipher == null || tagSize(cipher) > 0 || (mac != null && mac.isEncryptThenMac());
  }

  private static int block(@Nullable Cipher cipher) {
    return cipher == null ? MIN_BLOCK : Math.max(MIN_BLOCK, cipher.getCipherBlockSize());
  }

  private static int tagSize(@Nullable Cipher cipher) {
    return cipher == null ? 0 : cipher.getAuthenticationTagSize();
  }

  private static SshException protocolError(String what) {
    return new SshException(SshConstants.SSH2_DISCONNECT_PROTOCOL_ERROR, what);
  }
}
