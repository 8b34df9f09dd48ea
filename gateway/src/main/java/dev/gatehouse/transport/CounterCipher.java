package dev.gatehouse.transport;

import java.security.GeneralSecurityException;
import org.apache.sshd.common.cipher.BaseCipher;
import org.apache.sshd.common.cipher.CipherFactory;

/**
 * aes…-ctr (RFC 4344, 4). The JDK copies the whole input to a new array when it is also the output;
 * so it gets a piece at a time, from an array of ours.
 */
final class CounterCipher extends BaseCipher {
  /** Small enough for the processor's first cache, and to be kept by every connection. */
  private static final int PIECE = 2048;

  private final byte[] piece = new byte[PIECE];

  CounterCipher(CipherFactory sizes) {
    super(
        sizes.getIVSize(),
        sizes.getAuthenticationTagSize(),
        sizes.getKdfSize(),
        sizes.getAlgorithm(),
        sizes.getKeySize(),
        sizes.getTransformation(),
        sizes.getCipherBlockSize());
  }

  @Override
  public void update(byte[] data, int offset, int length) throws GeneralSecurityException {
    var end = offset + length;
    for (var at = offset; at < end; at += PIECE) {
      var size = Math.min(PIECE, end - at);
      System.arraycopy(data, at, piece, 0, size);
      if (getCipherInstance().update(piece, 0, size, data, at) != size) {
        throw new GeneralSecurityException(getTransformation() + " holds octets back");
      }
    }
  }
}
