package dev.gatehouse.transport;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The first word of a ChaCha20 key stream (RFC 8439, 2.3), which hides the length of a packet. For
 * four octets this is cheaper than the JDK's cipher, which makes 256 at least.
 */
final class ChaChaBlock {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /** "expand 32-byte k". */
  private static final int[] CONSTANTS = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};

  private static final int ROUNDS = 20;

  /** Of constants, key, counter and nonce, as the RFC's. */
  private final int[] state = new int[16];

  private final int[] x = new int[16];

  /**
   * @param offset where the key's 32 octets begin
   */
  ChaChaBlock(byte[] key, int offset) {
    System.arraycopy(CONSTANTS, 0, state, 0, 4);
    for (var i = 0; i < 8; i++) {
      state[4 + i] = (int) INT.get(key, offset + 4 * i);
    }
  }

  /**
   * The key stream's first four octets, as a little-endian number.
   *
   * @param nonce the last 8 octets of the RFC's 12, as a little-endian number; the others are zero
   */
  int firstWord(byte[] nonce, int offset) {
    state[14] = (int) INT.get(nonce, offset);
    state[15] = (int) INT.get(nonce, offset + 4);
    System.arraycopy(state, 0, x, 0, 16);
    for (var i = 0; i < ROUNDS; i += 2) {
      quarter(x, 0, 4, 8, 12);
      quarter(x, 1, 5, 9, 13);
      quarter(x, 2, 6, 10, 14);
      quarter(x, 3, 7, 11, 15);
      quarter(x, 0, 5, 10, 15);
      quarter(x, 1, 6, 11, 12);
      quarter(x, 2, 7, 8, 13);
      quarter(x, 3, 4, 9, 14);
    }
    return x[0] + state[0];
  }

  private static void quarter(int[] x, int a, int b, int c, int d) {
    x[a] += x[b];
    x[d] = Integer.rotateLeft(x[d] ^ x[a], 16);
    x[c] += x[d];
    x[b] = Integer.rotateLeft(x[b] ^ x[c], 12);
    x[a] += x[b];
    x[d] = Integer.rotateLeft(x[d] ^ x[a], 8);
    x[c] += x[d];
    x[b] = Integer.rotateLeft(x[b] ^ x[c], 7);
  }
}
