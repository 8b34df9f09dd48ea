package dev.gatehouse.bench;

import static dev.gatehouse.testkit.RawSsh.string;

import dev.gatehouse.key.KeyFile;
import dev.gatehouse.key.SshPublicKey;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;

/**
 * An Ed25519 key in the JDK's own hands, which are the quickest.
 *
 * @param blob its public half, as it goes over the wire
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares keys
record LightKey(PrivateKey secret, byte[] blob) {
  static final String TYPE = "ssh-ed25519";

  static LightKey read(Path file) {
    return of(KeyFile.openEd25519(file));
  }

  static LightKey generate() {
    return of(KeyFile.generateEd25519());
  }

  private static LightKey of(KeyPair pair) {
    try {
      var secret =
          KeyFactory.getInstance("Ed25519", "SunEC")
              .generatePrivate(new PKCS8EncodedKeySpec(pair.getPrivate().getEncoded()));
      return new LightKey(secret, KeyFile.publicKey(pair).blob());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  SshPublicKey publicKey() {
    return SshPublicKey.of(blob);
  }

  /** A signature as it goes over the wire. */
  byte[] sign(byte[]... data) throws GeneralSecurityException {
    var signature = Signature.getInstance("Ed25519", "SunEC");
    signature.initSign(secret);
    for (var part : data) {
      signature.update(part);
    }
    var type = string(TYPE);
    var signed = string(signature.sign());
    return ByteBuffer.allocate(type.length + signed.length).put(type).put(signed).array();
  }
}
