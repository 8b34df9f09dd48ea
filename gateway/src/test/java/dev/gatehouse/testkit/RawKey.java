package dev.gatehouse.testkit;

import static dev.gatehouse.testkit.RawSsh.string;

import dev.gatehouse.key.SshPublicKey;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;

/** Somebody's Ed25519 key, and the messages that prove it, made by the JDK alone. */
public final class RawKey {
  private static final String TYPE = "ssh-ed25519";

  private final KeyPair pair;

  public RawKey() {
    try {
      pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  public SshPublicKey publicKey() {
    return SshPublicKey.parse(TYPE + " " + Base64.getEncoder().encodeToString(blob()));
  }

  public byte[] blob() {
    return concat(string(TYPE), string(RawKex.last(pair.getPublic().getEncoded())));
  }

  /** A query whether this key would do (RFC 4252, 7). */
  public byte[] query(String user) {
    return request(user, "ssh-connection", "publickey", new byte[1], string(TYPE), string(blob()));
  }

  /** A request that proves the key in that session, for that user and service. */
  public byte[] proof(byte[] sessionId, String user, String service) {
    var request = request(user, service, "publickey", new byte[] {1}, string(TYPE), string(blob()));
    return concat(request, string(signature(concat(string(sessionId), request))));
  }

  /** The proof of one thing under a request for another. */
  public byte[] misplacedProof(byte[] sessionId, String signedUser, String user, String service) {
    var signed =
        request(signedUser, service, "publickey", new byte[] {1}, string(TYPE), string(blob()));
    var request = request(user, service, "publickey", new byte[] {1}, string(TYPE), string(blob()));
    return concat(request, string(signature(concat(string(sessionId), signed))));
  }

  /** SSH_MSG_USERAUTH_REQUEST (RFC 4252, 5). */
  public static byte[] request(String user, String service, String method, byte[]... fields) {
    return concat(
        RawSsh.message(RawSsh.USERAUTH_REQUEST, string(user), string(service), string(method)),
        concat(fields));
  }

  private byte[] signature(byte[] data) {
    try {
      var signature = Signature.getInstance("Ed25519");
      signature.initSign(pair.getPrivate());
      signature.update(data);
      return concat(string(TYPE), string(signature.sign()));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] concat(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (var part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
