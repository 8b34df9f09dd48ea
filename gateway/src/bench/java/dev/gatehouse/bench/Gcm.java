package dev.gatehouse.bench;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

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

  /** The payload of the next packet. */
  byte[] open(DataInputStream in) throws IOException, GeneralSecurityException {
    var length = in.readInt();
    if (length < BLOCK || length > LARGEST) {
      throw new IOException("a packet of " + length + " bytes");
    }
    var sealed = new byte[length + TAG];
    in.readFully(sealed);
    next(ByteBuffer.allocate(4).putInt(length).array());
    cipher.doFinal(sealed, 0, sealed.length, sealed, 0);
    var payload = new byte[length - 1 - (sealed[0] & 0xff)];
    System.arraycopy(sealed, 1, payload, 0, payload.length);
    return payload;
  }

  private void next(byte[] lengthFirst) throws GeneralSecurityException {
    cipher.init(mode, key, new GCMParameterSpec(TAG * 8, iv.array().clone()));
    cipher.updateAAD(lengthFirst, 0, 4);
    iv.putLong(4, iv.getLong(4) + 1);
  }
}
