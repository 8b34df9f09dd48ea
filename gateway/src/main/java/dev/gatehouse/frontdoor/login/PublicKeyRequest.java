package dev.gatehouse.frontdoor.login;

import dev.gatehouse.key.Certificate;
import dev.gatehouse.key.SignatureAlgorithms;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.jspecify.annotations.Nullable;

/** The fields of a publickey request (RFC 4252, 7). */
final class PublicKeyRequest {
  static final String METHOD = "publickey";

  private final AuthRequest request;
  private final String algorithm;
  private final byte[] blob;
  private final byte @Nullable [] signature;

  private PublicKeyRequest(
      AuthRequest request, String algorithm, byte[] blob, byte @Nullable [] signature) {
    this.request = request;
    this.algorithm = algorithm;
    this.blob = blob;
    this.signature = signature;
  }

  static PublicKeyRequest parse(AuthRequest request) {
    var in = request.fields();
    var signed = in.getBoolean();
    var algorithm = in.getString();
    var blob = in.getBytes();
    var signature = signed ? in.getBytes() : null;
    AuthRequest.requireEnd(in);
    return new PublicKeyRequest(request, algorithm, blob, signature);
  }

  /** As the client names it: a signature algorithm, or that of a certificate. */
  String algorithm() {
    return algorithm;
  }

  String signatureAlgorithm() {
    return Certificate.plainName(algorithm);
  }

  /** The public key or certificate. */
  byte[] blob() {
    return blob;
  }

  /** Whether the client only asks if the key would do. */
  boolean isQuery() {
    return signature == null;
  }

  /** Whether the holder of the offered key has signed this request for this connection. */
  boolean isSignedWith(OfferedKeys.Offer offer, byte[] sessionId, SignatureAlgorithms algorithms) {
    return signature != null
        && algorithms.verify(
            offer.key(), signatureAlgorithm(), signature, signed(sessionId), offer.presence());
  }

  private byte[] signed(byte[] sessionId) {
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
