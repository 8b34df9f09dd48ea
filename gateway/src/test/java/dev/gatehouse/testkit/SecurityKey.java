package dev.gatehouse.testkit;

import dev.gatehouse.key.SshPublicKey;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * A FIDO authenticator in software, behind an ssh-agent: the real ssh offers its key, and this
 * signs as OpenSSH's PROTOCOL.u2f says. It holds one key.
 */
public final class SecurityKey {
  private static final String APPLICATION = "ssh:";
  private static final int IDENTITIES_ANSWER = 12;
  private static final int SIGN_REQUEST = 13;
  private static final int SIGN_RESPONSE = 14;
  private static final int TOUCHED = 1;

  private final String type;
  private final String algorithm;
  private final KeyPair pair;
  private final int flags;

  private SecurityKey(String type, String algorithm, KeyPair pair, int flags) {
    this.type = type;
    this.algorithm = algorithm;
    this.pair = pair;
    this.flags = flags;
  }

  public static SecurityKey ed25519() throws GeneralSecurityException {
    var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    return new SecurityKey("sk-ssh-ed25519@openssh.com", "Ed25519", pair, TOUCHED);
  }

  public static SecurityKey ecdsa() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return new SecurityKey(
        "sk-ecdsa-sha2-nistp256@openssh.com",
        "SHA256withECDSA",
        generator.generateKeyPair(),
        TOUCHED);
  }

  /** The same key, signing without anybody having touched it. */
  public SecurityKey untouched() {
    return new SecurityKey(type, algorithm, pair, 0);
  }

  public SshPublicKey publicKey() {
    var blob = new ByteArrayBuffer();
    blob.putString(type);
    if (pair.getPublic() instanceof ECPublicKey) {
      blob.putString("nistp256");
    }
    blob.putBytes(point());
    blob.putString(APPLICATION);
    return SshPublicKey.of(blob.getCompactData());
  }

  /** Serves the agent protocol (draft-miller-ssh-agent) on one connection. */
  public void serve(SocketChannel connection) throws IOException {
    var in = Channels.newInputStream(connection);
    while (true) {
      var length = ByteBuffer.wrap(in.readNBytes(Integer.BYTES));
      if (length.remaining() < Integer.BYTES) {
        return;
      }
      var answer = answer(new ByteArrayBuffer(in.readNBytes(length.getInt()))).getCompactData();
      var out = ByteBuffer.allocate(Integer.BYTES + answer.length);
      out.putInt(answer.length).put(answer).flip();
      while (out.hasRemaining()) {
        connection.write(out);
      }
    }
  }

  private Buffer answer(Buffer request) throws IOException {
    var answer = new ByteArrayBuffer();
    if (request.getUByte() == SIGN_REQUEST) {
      request.getBytes();
      answer.putByte((byte) SIGN_RESPONSE);
      answer.putBytes(signature(request.getBytes()));
    } else {
      answer.putByte((byte) IDENTITIES_ANSWER);
      answer.putUInt(1);
      answer.putBytes(publicKey().blob());
      answer.putString("security key");
    }
    return answer;
  }

  private byte[] signature(byte[] message) throws IOException {
    try {
      var signed = ByteBuffer.allocate(32 + 1 + Integer.BYTES + 32);
      signed.put(sha256(APPLICATION.getBytes(StandardCharsets.UTF_8)));
      signed.put((byte) flags).putInt(1).put(sha256(message));
      var signer = Signature.getInstance(algorithm);
      signer.initSign(pair.getPrivate());
      signer.update(signed.array());
      var blob = new ByteArrayBuffer();
      blob.putString(type);
      blob.putBytes(inner(signer.sign()));
      blob.putByte((byte) flags);
      blob.putUInt(1);
      return blob.getCompactData();
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** ECDSA's two numbers go from DER to SSH's form (RFC 5656, 3.1.2). */
  private byte[] inner(byte[] signature) {
    if (!(pair.getPublic() instanceof ECPublicKey)) {
      return signature;
    }
    var r = Arrays.copyOfRange(signature, 4, 4 + signature[3]);
    var s = Arrays.copyOfRange(signature, 6 + r.length, signature.length);
    var both = new ByteArrayBuffer();
    both.putMPInt(new BigInteger(r));
    both.putMPInt(new BigInteger(s));
    return both.getCompactData();
  }

  /** Both kinds' X.509 form ends in the point itself. */
  private byte[] point() {
    var encoded = pair.getPublic().getEncoded();
    var length = pair.getPublic() instanceof ECPublicKey ? 65 : 32;
    return Arrays.copyOfRange(encoded, encoded.length - length, encoded.length);
  }

  private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }
}
