package dev.gatehouse.frontdoor;

import dev.gatehouse.console.HostKeyring;
import dev.gatehouse.key.KeyFile;
import dev.gatehouse.key.SshPublicKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.SessionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The host keys: Ed25519, and RSA-4096 for clients that know nothing newer. Both are made at the
 * first start; RSA takes seconds, so it is made beside the first logins and offered from then on.
 */
public final class HostKeys implements KeyPairProvider, HostKeyring {
  private static final Logger LOG = LoggerFactory.getLogger(HostKeys.class);
  private static final String ED25519 = "ssh_host_ed25519_key";
  private static final String RSA = "ssh_host_rsa_key";

  private final List<KeyPair> keys = new CopyOnWriteArrayList<>();

  private HostKeys() {}

  /**
   * Reads the keys from a folder or makes them there.
   *
   * @throws dev.gatehouse.failure.UserError if a file there is no usable key or cannot be written
   */
  public static HostKeys open(Path folder) {
    var hostKeys = new HostKeys();
    hostKeys.keys.add(KeyFile.openEd25519(folder.resolve(ED25519)));
    var rsa = folder.resolve(RSA);
    if (Files.exists(rsa)) {
      hostKeys.keys.add(KeyFile.open(rsa, KeyFile::generateRsa4096));
    } else {
      Thread.ofPlatform().daemon().name("rsa-host-key").start(() -> hostKeys.addRsa(rsa));
    }
    return hostKeys;
  }

  /** The key that a known_hosts file should hold. */
  public SshPublicKey ed25519() {
    return KeyFile.publicKey(keys.getFirst());
  }

  @Override
  public Iterable<KeyPair> loadKeys(SessionContext session) {
    return keys;
  }

  @Override
  public List<HostKey> all() {
    throw new UnsupportedOperationException("skeleton");
  }

  @Override
  public void rotate() {
    throw new UnsupportedOperationException("skeleton");
  }

  @Override
  public void retire() {
    throw new UnsupportedOperationException("skeleton");
  }

  private void addRsa(Path file) {
    try {
      keys.add(KeyFile.open(file, KeyFile::generateRsa4096));
    } catch (RuntimeException e) {
      LOG.error("[host-key-broken] there will be no RSA host key", e);
    }
  }
}
