package dev.gatehouse.testkit;

import static dev.gatehouse.testkit.RawSsh.string;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;

/** One curve25519-sha256 (RFC 8731) from the client's side. The host key is believed unseen. */
final class RawKex {
  private static final byte[] X25519 = HexFormat.of().parseHex("302a300506032b656e032100");
  private static final int POINT = 32;
  private static final int KEY = 16;

  private final List<byte[]> begun;
  private final KeyPair pair;

  private RawKex(List<byte[]> begun, KeyPair pair) {
    this.begun = begun;
    this.pair = pair;
  }

  /** What both sides know in the end. */
  static final class Secrets {
    private final byte[] secret;
    private final byte[] hash;
    private final byte[] sessionId;

    /**
     * @param secret as an mpint
     */
    private Secrets(byte[] secret, byte[] hash, byte[] sessionId) {
      this.secret = secret;
      this.hash = hash;
      this.sessionId = sessionId;
    }

    byte[] sessionId() {
      return sessionId;
    }

    RawCipher outgoing(String cipher) throws GeneralSecurityException {
      return cipher(cipher, Cipher.ENCRYPT_MODE, "ACE");
    }

    RawCipher incoming(String cipher) throws GeneralSecurityException {
      return cipher(cipher, Cipher.DECRYPT_MODE, "BDF");
    }

    /** RFC 4253, 7.2; a letter each for the vector, the key and the integrity key. */
    private RawCipher cipher(String name, int mode, String letters)
        throws GeneralSecurityException {
      var iv = derive(letters.charAt(0));
      var key = Arrays.copyOf(derive(letters.charAt(1)), KEY);
      return name.equals(RawCipher.Gcm.NAME)
          ? new RawCipher.Gcm(key, Arrays.copyOf(iv, 12))
          : new RawCipher.CtrThenMac(mode, key, Arrays.copyOf(iv, KEY), derive(letters.charAt(2)));
    }

    private byte[] derive(char letter) throws GeneralSecurityException {
      return sha256(secret, hash, new byte[] {(byte) letter}, sessionId);
    }
  }

  /**
   * @param client its identification
   * @param server its identification
   * @param ours the KEXINIT that was sent
   * @param theirs the KEXINIT that came
   */
  static RawKex begin(String client, String server, byte[] ours, byte[] theirs)
      throws GeneralSecurityException {
    return new RawKex(
        List.of(string(client), string(server), string(ours), string(theirs)),
        KeyPairGenerator.getInstance("X25519").generateKeyPair());
  }

  byte[] point() {
    return last(pair.getPublic().getEncoded());
  }

  /**
   * @param reply SSH_MSG_KEX_ECDH_REPLY
   * @param sessionId of the first exchange; empty if this is it
   */
  Secrets finish(byte[] reply, byte[] sessionId) throws GeneralSecurityException {
    var fields = ByteBuffer.wrap(reply, 1, reply.length - 1);
    var hostKey = next(fields);
    var theirPoint = next(fields);
    var agreement = KeyAgreement.getInstance("X25519");
    agreement.init(pair.getPrivate());
    agreement.doPhase(
        KeyFactory.getInstance("X25519")
            .generatePublic(new X509EncodedKeySpec(join(X25519, theirPoint))),
        true);
    var secret = string(new BigInteger(1, agreement.generateSecret()).toByteArray());
    var exchanged = Stream.of(string(hostKey), string(point()), string(theirPoint), secret);
    var hash = sha256(Stream.concat(begun.stream(), exchanged).toArray(byte[][]::new));
    return new Secrets(secret, hash, sessionId.length == 0 ? hash : sessionId);
  }

  private static byte[] next(ByteBuffer fields) {
    var bytes = new byte[fields.getInt()];
    fields.get(bytes);
    return bytes;
  }

  /** The key itself stands at the end of its X.509 form, for X25519 and Ed25519 alike. */
  static byte[] last(byte[] encoded) {
    return Arrays.copyOfRange(encoded, encoded.length - POINT, encoded.length);
  }

  private static byte[] join(byte[] a, byte[] b) {
    return ByteBuffer.allocate(a.length + b.length).put(a).put(b).array();
  }

  private static byte[] sha256(byte[]... parts) throws GeneralSecurityException {
    var digest = MessageDigest.getInstance("SHA-256");
    for (var part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }
}
