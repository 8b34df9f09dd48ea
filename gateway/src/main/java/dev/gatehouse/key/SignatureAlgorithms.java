package dev.gatehouse.key;

import dev.gatehouse.failure.UserError;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Set;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.u2f.SecurityKeyPublicKey;
import org.apache.sshd.common.config.keys.u2f.SkED25519PublicKey;
import org.apache.sshd.common.config.keys.u2f.SkEcdsaPublicKey;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks signatures (RFC 4253, 6.6; RFC 8332; PROTOCOL.u2f).
 *
 * @param names the algorithms that are accepted, such as {@code rsa-sha2-512}
 */
public record SignatureAlgorithms(Set<String> names) {
  private static final Logger LOG = LoggerFactory.getLogger(SignatureAlgorithms.class);

  /** What a security key must say that its owner did. */
  public record Presence(boolean touched, boolean verified) {
    public static final Presence TOUCHED = new Presence(true, false);
  }

  /** The algorithm that a signature names, empty if it is malformed. */
  public static String nameIn(byte[] signature) {
    try {
      return new String(new WireReader(signature).string(), StandardCharsets.US_ASCII);
    } catch (UserError e) {
      return "";
    }
  }

  /** Whether the algorithm is accepted, and one for keys of that type. */
  public boolean fits(String algorithm, String keyType) {
    return names.contains(algorithm)
        && (keyType.equals("ssh-rsa")
            ? algorithm.equals("rsa-sha2-256") || algorithm.equals("rsa-sha2-512")
            : algorithm.equals(keyType));
  }

  /** Whether the holder of the key has signed exactly this. */
  public boolean verify(SshPublicKey key, String algorithm, byte[] signature, byte[] signed) {
    return verify(key, algorithm, signature, signed, Presence.TOUCHED);
  }

  /** As above, for keys that may be security keys. */
  public boolean verify(
      SshPublicKey key, String algorithm, byte[] signature, byte[] signed, Presence presence) {
    if (!fits(algorithm, key.type()) || !nameIn(signature).equals(algorithm)) {
      return false;
    }
    var factory = BuiltinSignatures.fromFactoryName(algorithm);
    if (factory == null || !factory.isSupported()) {
      return false;
    }
    try {
      var verifier = factory.create();
      verifier.initVerifier(null, publicKey(key, presence));
      verifier.update(null, signed, 0, signed.length);
      return verifier.verify(null, signature);
    } catch (Exception e) {
      // Whatever a stranger's bytes make the library throw: it is not a good signature.
      LOG.debug("a signature of {} cannot be checked: {}", key, e.getClass().getSimpleName());
      return false;
    }
  }

  private static PublicKey publicKey(SshPublicKey key, Presence presence)
      throws GeneralSecurityException, SshException {
    var parsed = new ByteArrayBuffer(key.blob()).getRawPublicKey();
    return parsed instanceof SecurityKeyPublicKey<?> security
        ? withPresence(security, presence)
        : parsed;
  }

  private static PublicKey withPresence(SecurityKeyPublicKey<?> key, Presence presence) {
    return switch (key) {
      case SkED25519PublicKey sk ->
          new SkED25519PublicKey(
              sk.getAppName(), !presence.touched, presence.verified, sk.getDelegatePublicKey());
      case SkEcdsaPublicKey sk ->
          new SkEcdsaPublicKey(
              sk.getAppName(), !presence.touched, presence.verified, sk.getDelegatePublicKey());
      default -> throw new IllegalArgumentException("an unknown kind of security key");
    };
  }
}
