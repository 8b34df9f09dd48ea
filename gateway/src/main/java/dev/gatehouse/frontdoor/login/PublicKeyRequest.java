package dev.gatehouse.frontdoor.login;

import dev.gatehouse.key.Certificate;
import dev.gatehouse.key.SignatureAlgorithms;
import java.util.Optional;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * The fields of a publickey request (RFC 4252, 7).
 *
 * @param algorithm as the client names it: a signature algorithm, or that of a certificate
 * @param blob the public key or certificate
 * @param signature absent if the client only asks whether the key would do
 * @param signed what the signature must be over
 */
record PublicKeyRequest(String algorithm, byte[] blob, Optional<byte[]> signature, byte[] signed) {
  static final String METHOD = "publickey";

  /** The plain signature algorithm. */
  String signatureAlgorithm() {
    return Certificate.plainName(algorithm);
  }

  static PublicKeyRequest parse(AuthRequest request, byte[] sessionId) {
    var in = request.fields();
    var withSignature = in.getBoolean();
    var algorithm = in.getString();
    var blob = in.getBytes();
    var signature = withSignature ? Optional.of(in.getBytes()) : Optional.<byte[]>empty();
    AuthRequest.requireEnd(in);
    return new PublicKeyRequest(
        algorithm, blob, signature, signed(request, sessionId, algorithm, blob));
  }

  /** Whether the holder of the offered key has signed this request. */
  boolean isSignedWith(OfferedKeys.Offer offer, SignatureAlgorithms algorithms) {
    return signature
        .map(s -> algorithms.verify(offer.key(), signatureAlgorithm(), s, signed, offer.presence()))
        .orElse(false);
  }

  private static byte[] signed(
      AuthRequest request, byte[] sessionId, String algorithm, byte[] blob) {
    Buffer out = new ByteArrayBuffer();
    out.putBytes(sessionId);
    out.putByte(SshConstants.SSH_MSG_USERAUTH_REQUEST);
    out.putString(request.user());
    out.putString(request.service());
    out.putString(METHOD);
    out.putBoolean(true);
    out.putString(algorithm);
    out.putBytes(blob);
    return out.getCompactData();
  }
}
