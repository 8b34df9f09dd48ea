package dev.gatehouse.transport;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.spec.ChaCha20ParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.cipher.Cipher;
import org.jspecify.annotations.Nullable;

/**
 * chacha20-poly1305@openssh.com (OpenSSH's PROTOCOL.chacha20poly1305) on the JDK's ChaCha20, which
 * the processor's vector instructions run, and our {@link Poly1305}.
 *
 * <p>The nonce is the packet's sequence number, of 64 bits, most significant octet first. DJB's
 * ChaCha20, which OpenSSH means, has a counter and a nonce of 64 bits; the JDK's has 32 and 96 (RFC
 * 8439). With four zero octets before the nonce both are the same, for packets below 256 GiB.
 *
 * <p>One packet is {@link #updateAAD} for the length, then {@link #update}; as MINA's, one thread
 * at a time.
 */
final class ChaChaPolyCipher implements Cipher {
  private static final BuiltinCiphers SIZES = BuiltinCiphers.cc20p1305_openssh;
  private static final int KEY_BYTES = 32;
  private static final int LENGTH_BYTES = 4;
  private static final int NONCE_BYTES = 12;

  /** Where the sequence number begins in the nonce, and its lower, changing half. */
  private static final int SEQUENCE_AT = 4;

  private static final int LOWER_AT = 8;

  /** The key stream's first block is no payload's: half of it is the authenticator's key. */
  private static final int CHACHA_BLOCK = 64;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT_LE =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final Poly1305 authenticator = new Poly1305();
  private final byte[] firstBlock = new byte[CHACHA_BLOCK];
  private final byte[] nonce = new byte[NONCE_BYTES];

  /** The encrypted length, and after it as much of the payload as makes one block of Poly1305. */
  private final byte[] head = new byte[Poly1305.BLOCK];

  private @Nullable Keyed keyed;

  /** What there is after {@link #init}. */
  private record Keyed(
      Mode mode,
      javax.crypto.Cipher payload,
      SecretKeySpec payloadKey,
      ChaChaBlock length,
      int firstSequence) {}

  /**
   * @param key of 64 octets: the payload's, then the length's
   * @param iv the sequence number of the first packet, of 8 octets
   */
  @Override
  public void init(Mode mode, byte[] key, byte[] iv) throws GeneralSecurityException {
    if ((int) INT.get(iv, 0) != 0) {
      throw new IllegalArgumentException("no SSH sequence number: more than 32 bits");
    }
    System.arraycopy(iv, 0, nonce, SEQUENCE_AT, Long.BYTES);
    keyed =
        new Keyed(
            mode,
            javax.crypto.Cipher.getInstance("ChaCha20"),
            new SecretKeySpec(key, 0, KEY_BYTES, "ChaCha20"),
            new ChaChaBlock(key, KEY_BYTES),
            (int) INT.get(nonce, LOWER_AT));
  }

  /** Takes in the packet's length, and encrypts or decrypts it in place. */
  @Override
  public void updateAAD(byte[] data, int offset, int length) {
    if (length != LENGTH_BYTES) {
      throw new IllegalArgumentException("not the length of a packet: " + length + " octets");
    }
    var keyed = keyed();
    var given = (int) INT_LE.get(data, offset);
    var other = given ^ keyed.length.firstWord(nonce, SEQUENCE_AT);
    INT_LE.set(data, offset, other);
    INT_LE.set(head, 0, keyed.mode == Mode.Encrypt ? other : given);
  }

  /**
   * Encrypts in place and puts the tag behind, or checks the tag behind and decrypts in place.
   *
   * @param length without the tag
   * @throws AEADBadTagException for a packet that is not the sender's; the data is left as it was
   */
  @Override
  public void update(byte[] data, int offset, int length) throws GeneralSecurityException {
    var keyed = keyed();
    beginPacket(keyed);
    if (keyed.mode == Mode.Encrypt) {
      keyed.payload.update(data, offset, length, data, offset);
      authenticate(data, offset, length);
      authenticator.writeTag(data, offset + length);
    } else {
      authenticate(data, offset, length);
      if (!authenticator.isTag(data, offset + length)) {
        throw new AEADBadTagException("Tag mismatch");
      }
      keyed.payload.update(data, offset, length, data, offset);
    }
    endPacket(keyed);
  }

  private void beginPacket(Keyed keyed) throws GeneralSecurityException {
    // XOR has no direction. In the other one the JDK compares key and nonce with the last ones.
    keyed.payload.init(
        javax.crypto.Cipher.DECRYPT_MODE, keyed.payloadKey, new ChaCha20ParameterSpec(nonce, 0));
    Arrays.fill(firstBlock, (byte) 0);
    keyed.payload.update(firstBlock, 0, CHACHA_BLOCK, firstBlock, 0);
    authenticator.init(firstBlock);
  }

  /** The tag covers the encrypted length and payload, which need not be neighbours. */
  private void authenticate(byte[] data, int offset, int length) {
    var first = Math.min(length, Poly1305.BLOCK - LENGTH_BYTES);
    System.arraycopy(data, offset, head, LENGTH_BYTES, first);
    if (first < Poly1305.BLOCK - LENGTH_BYTES) {
      authenticator.rest(head, 0, LENGTH_BYTES + first);
    } else {
      authenticator.blocks(head, 0, Poly1305.BLOCK);
      var rest = (length - first) % Poly1305.BLOCK;
      authenticator.blocks(data, offset + first, length - first - rest);
      authenticator.rest(data, offset + length - rest, rest);
    }
    authenticator.finish();
  }

  private void endPacket(Keyed keyed) {
    var next = (int) INT.get(nonce, LOWER_AT) + 1;
    if (next == keyed.firstSequence) {
      throw new IllegalStateException("2^32 packets with one key: the keys were not exchanged");
    }
    INT.set(nonce, LOWER_AT, next);
  }

  private Keyed keyed() {
    if (keyed == null) {
      throw new IllegalStateException("no key yet");
    }
    return keyed;
  }

  @Override
  public String getAlgorithm() {
    return SIZES.getAlgorithm(); // by "ChaCha…" MINA knows that iv is a sequence number
  }

  @Override
  public String getTransformation() {
    return SIZES.getTransformation();
  }

  @Override
  public int getKeySize() {
    return SIZES.getKeySize();
  }

  @Override
  public int getKdfSize() {
    return SIZES.getKdfSize();
  }

  @Override
  public int getIVSize() {
    return SIZES.getIVSize();
  }

  @Override
  public int getAuthenticationTagSize() {
    return SIZES.getAuthenticationTagSize();
  }

  @Override
  public int getCipherBlockSize() {
    return SIZES.getCipherBlockSize();
  }

  @Override
  public String toString() {
    return SIZES.getName();
  }
}
