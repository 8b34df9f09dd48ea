package dev.gatehouse.key;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.common.util.security.SecurityUtils;

/**
 * Private keys in files, in OpenSSH's own format, readable by their owner only: ssh-keygen can read
 * what is written here, and nothing is ever serialised by Java.
 */
public final class KeyFile {
  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private KeyFile() {}

  /** Reads an Ed25519 key, or makes it if there is no such file. */
  public static KeyPair openEd25519(Path file) {
    return open(file, KeyFile::generateEd25519);
  }

  /**
   * Reads a key, or makes it if there is no such file. The file appears whole or not at all, also
   * if the machine stops in between.
   *
   * @throws UserError if the file holds no usable key or cannot be read or written
   */
  public static KeyPair open(Path file, Supplier<KeyPair> generator) {
    try {
      return read(file);
    } catch (NoSuchFileException e) {
      return create(file, generator.get());
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw new UserError(
          ExitCode.CONFIG, "%s: not a usable private key: %s".formatted(file, e.getMessage()));
    }
  }

  public static KeyPair generateEd25519() {
    return generate("ssh-ed25519", 256);
  }

  public static KeyPair generateRsa4096() {
    return generate("ssh-rsa", 4096);
  }

  public static SshPublicKey publicKey(KeyPair pair) {
    return publicKey(pair.getPublic());
  }

  /** The value of a key of the crypto library. */
  public static SshPublicKey publicKey(PublicKey key) {
    var buffer = new ByteArrayBuffer();
    buffer.putRawPublicKey(key);
    return SshPublicKey.of(buffer.getCompactData());
  }

  private static KeyPair generate(String type, int bits) {
    try {
      return org.apache.sshd.common.config.keys.KeyUtils.generateKeyPair(type, bits);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot make a key of type " + type, e);
    }
  }

  private static KeyPair read(Path file) throws IOException, GeneralSecurityException {
    try (var in = Files.newInputStream(file)) {
      var pairs =
          SecurityUtils.loadKeyPairIdentities(
              null, NamedResource.ofName(file.toString()), in, null);
      for (var pair : pairs) {
        return pair;
      }
      throw new IOException("it is empty");
    }
  }

  private static KeyPair create(Path file, KeyPair pair) {
    var temporary = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.deleteIfExists(temporary);
      try (var channel =
          FileChannel.open(
              temporary,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PRIVATE)) {
        write(pair, Channels.newOutputStream(channel));
        channel.force(true);
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      return pair;
    } catch (IOException | GeneralSecurityException e) {
      throw new UserError(
          ExitCode.CANTCREAT, "%s: the key cannot be written: %s".formatted(file, e.getMessage()));
    }
  }

  private static void write(KeyPair pair, OutputStream out)
      throws IOException, GeneralSecurityException {
    OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, "gatehouse", null, out);
  }
}
