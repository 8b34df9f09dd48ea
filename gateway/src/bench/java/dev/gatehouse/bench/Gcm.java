package dev.gatehouse.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** One direction under aes128-gcm@openssh.com (RFC 5647). */
final class Gcm {
  static final String NAME = "aes128-gcm@openssh.com";
  static final int KEY = 16;
  static final int IV = 12;
  private static final int BLOCK = 16;
  private static final int TAG = 16;
  private static final int LARGEST = 300_000;

  private final int mode;
  private final Cipher cipher;
  private final SecretKeySpec key;
  private final ByteBuffer iv;

  /**
   * @param mode one of those of {@link Cipher}
   */
  Gcm(int mode, byte[] key, byte[] iv) throws GeneralSecurityException {
    this.mode = mode;
    this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
    this.key = new SecretKeySpec(key, "AES");
    this.iv = ByteBuffer.wrap(iv);
  }

  /** A whole packet around this payload. */
  byte[] seal(byte[] payload) throws GeneralSecurityException {
    var padding = BLOCK - (1 + payload.length) % BLOCK;
    padding = padding < 4 ? padding + BLOCK : padding;
    var length = 1 + payload.length + padding;
    var packet = new byte[4 + length + TAG];
    ByteBuffer.wrap(packet).putInt(length).put((byte) padding).put(payload);
    next(packet);
    cipher.doFinal(packet, 4, length, packet, 4);
    return packet;
  }

  /** The payload of the next packet, or null if it has not arrived as a whole. */
  byte @Nullable [] open(ByteBuffer in) throws IOException, GeneralSecurityException {
    var length = length(in);
    if (in.remaining() < 4 + length + TAG) {
      return null;
    }
    var packet = new byte[4 + length + TAG];
    in.get(packet);
    next(packet);
    cipher.doFinal(packet, 4, length + TAG, packet, 4);
    return Arrays.copyOfRange(packet, 5, 4 + length - (packet[4] & 0xff));
  }

  /** Of what is to be decrypted; a minimum while it is not known. */
  private static int length(ByteBuffer in) throws IOException {
    var length = in.remaining() < 4 ? BLOCK : in.getInt(in.position());
    if (length < BLOCK || length > LARGEST) {
      throw new IOException("a packet of " + length + " bytes");
    }
    return length;
  }

  private void next(byte[] lengthFirst) throws GeneralSecurityException {
    cipher.init(mode, key, new GCMParameterSpec(TAG * 8, iv.array().clone()));
    cipher.updateAAD(lengthFirst, 0, 4);
    iv.putLong(4, iv.getLong(4) + 1);
  }
}
