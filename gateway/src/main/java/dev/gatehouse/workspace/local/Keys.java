package dev.gatehouse.workspace.local;

import dev.gatehouse.key.SshPublicKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.common.util.security.SecurityUtils;

/** Host keys: Ed25519, in OpenSSH's own format. */
final class Keys {
  private static final int ED25519_BITS = 256;

  private Keys() {}

  static byte[] generate(String comment) throws IOException, GeneralSecurityException {
    var pair = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, ED25519_BITS);
    var file = new ByteArrayOutputStream();
    OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, comment, null, file);
    return file.toByteArray();
  }

  static KeyPair read(String name, byte[] file) throws IOException, GeneralSecurityException {
    var pairs =
        SecurityUtils.loadKeyPairIdentities(
            null,
            NamedResource.ofName(name),
            new ByteArrayInputStream(file),
            FilePasswordProvider.EMPTY);
    for (var pair : pairs) {
      return pair;
    }
    throw new IOException(name + " holds no key");
  }

  static SshPublicKey wireForm(PublicKey key) {
    var buffer = new ByteArrayBuffer();
    buffer.putRawPublicKey(key);
    return SshPublicKey.of(buffer.getCompactData());
  }
}
