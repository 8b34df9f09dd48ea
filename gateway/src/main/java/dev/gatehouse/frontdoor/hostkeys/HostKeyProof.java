package dev.gatehouse.frontdoor.hostkeys;

import java.util.Objects;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/** Shows a client that the gateway holds a host key (OpenSSH, PROTOCOL, 2.5). */
final class HostKeyProof {
  private static final String RSA_SHA512 = "rsa-sha2-512";
  private static final String RSA_SHA256 = "rsa-sha2-256";

  private HostKeyProof() {}

  /** Signs the key's blob for this session alone; answers a signature blob (RFC 4253, 6.6). */
  static byte[] sign(OwnKey key, Session session) {
    var data = new ByteArrayBuffer();
    data.putString("hostkeys-prove-00@openssh.com");
    data.putBytes(session.getSessionId());
    data.putBytes(key.publicKey().blob());
    var algorithm = key.type() == HostKeyType.RSA ? rsa(session) : key.type().keyType();
    return blob(algorithm, sign(key, session, algorithm, data));
  }

  private static byte[] sign(OwnKey key, Session session, String algorithm, Buffer data) {
    try {
      Signature signer = NamedFactory.create(session.getSignatureFactories(), algorithm);
      signer.initSigner(session, key.pair().getPrivate());
      signer.update(session, data.getCompactData());
      return signer.sign(session);
    } catch (Exception e) {
      throw new IllegalStateException("cannot sign with the host key " + key, e);
    }
  }

  private static byte[] blob(String algorithm, byte[] signature) {
    var blob = new ByteArrayBuffer();
    blob.putString(algorithm);
    blob.putBytes(signature);
    return blob.getCompactData();
  }

  /**
   * What the key exchange used if that was RSA, for OpenSSH insists on the same, else the best that
   * the client said it knows. Never SHA-1.
   */
  private static String rsa(Session session) {
    var used = session.getNegotiatedKexParameter(KexProposalOption.SERVERKEYS);
    var known =
        used.startsWith("rsa-")
            ? used
            : Objects.toString(session.getClientKexProposals().get(KexProposalOption.SERVERKEYS));
    return known.contains(RSA_SHA256) && !known.contains(RSA_SHA512) ? RSA_SHA256 : RSA_SHA512;
  }
}
