package dev.gatehouse.testkit;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** One direction of an encrypted transport: seals what is sent, opens what has come. */
interface RawCipher {
  int BLOCK = 16;

  /**
   * @param packet length field, padding length, payload and padding (RFC 4253, 6)
   */
  byte[] seal(int sequence, byte[] packet) throws GeneralSecurityException;

  /** Answers padding length, payload and padding. */
  byte[] open(int sequence, int length, DataInputStream in)
      throws IOException, GeneralSecurityException;

  /** RFC 5647 as OpenSSH does it: the length is seen by everybody, and counted in. */
  final class Gcm implements RawCipher {
    static final String NAME = "aes128-gcm@openssh.com";
    private static final int TAG = 16;

    private final SecretKeySpec key;
    private final ByteBuffer iv;

    Gcm(byte[] key, byte[] iv) {
      this.key = new SecretKeySpec(key, "AES");
      this.iv = ByteBuffer.wrap(iv);
    }

    @Override
    public byte[] seal(int sequence, byte[] packet) throws GeneralSecurityException {
      var cipher = next(Cipher.ENCRYPT_MODE, packet);
      var sealed = new byte[packet.length + TAG];
      System.arraycopy(packet, 0, sealed, 0, 4);
      cipher.doFinal(packet, 4, packet.length - 4, sealed, 4);
      return sealed;
    }

    @Override
    public byte[] open(int sequence, int length, DataInputStream in)
        throws IOException, GeneralSecurityException {
      var sealed = new byte[length + TAG];
      in.readFully(sealed);
      return next(Cipher.DECRYPT_MODE, ByteBuffer.allocate(4).putInt(length).array())
          .doFinal(sealed);
    }

    private Cipher next(int mode, byte[] lengthFirst) throws GeneralSecurityException {
      var cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG * 8, iv.array().clone()));
      cipher.updateAAD(lengthFirst, 0, 4);
      iv.putLong(4, iv.getLong(4) + 1);
      return cipher;
    }
  }

  /** aes128-ctr under hmac-sha2-256-etm@openssh.com. */
  final class CtrThenMac implements RawCipher {
    static final String NAME = "aes128-ctr";
    private static final int TAG = 32;

    private final Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
    private final Mac mac = Mac.getInstance("HmacSHA256");

    CtrThenMac(int mode, byte[] key, byte[] iv, byte[] macKey) throws GeneralSecurityException {
      cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
      mac.init(new SecretKeySpec(macKey, "HmacSHA256"));
    }

    @Override
    public byte[] seal(int sequence, byte[] packet) {
      var body = cipher.update(packet, 4, packet.length - 4);
      var length = ByteBuffer.wrap(packet).getInt();
      return ByteBuffer.allocate(packet.length + TAG)
          .putInt(length)
          .put(body)
          .put(tag(sequence, length, body))
          .array();
    }

    @Override
    public byte[] open(int sequence, int length, DataInputStream in)
        throws IOException, GeneralSecurityException {
      var body = in.readNBytes(length);
      if (!MessageDigest.isEqual(in.readNBytes(TAG), tag(sequence, length, body))) {
        throw new GeneralSecurityException("the server's MAC is wrong");
      }
      return cipher.update(body);
    }

    private byte[] tag(int sequence, int length, byte[] body) {
      mac.update(ByteBuffer.allocate(8).putInt(sequence).putInt(length).flip());
      return mac.doFinal(body);
    }
  }
}
