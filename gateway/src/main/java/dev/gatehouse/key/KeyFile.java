package dev.gatehouse.key;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.file.DurableFile;
import dev.gatehouse.file.FileProblem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.common.util.security.SecurityUtils;

/**
 * Private keys in files, in OpenSSH's own format, readable by their owner only: ssh-keygen can read
 * what is written here, and nothing is ever serialised by Java.
 */
public final class KeyFile {
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
    } catch (IOException e) {
      throw unusable(file, FileProblem.of(e));
    } catch (GeneralSecurityException | RuntimeException e) {
      throw unusable(file, Quote.plain(String.valueOf(e.getMessage())));
    }
  }

  /** Returns the public half of a private key's text; empty if that is none. */
  public static Optional<SshPublicKey> publicKeyOf(String text) {
    try (var in = new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII))) {
      var pairs =
          SecurityUtils.loadKeyPairIdentities(
              null, NamedResource.ofName("text"), in, FilePasswordProvider.EMPTY);
      var pair = pairs == null ? null : pairs.iterator();
      return pair == null || !pair.hasNext()
          ? Optional.empty()
          : Optional.of(publicKey(pair.next()));
    } catch (IOException | GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  public static KeyPair generateEd25519() {
    return generate("ssh-ed25519", 256);
  }

  public static KeyPair generateEcdsaP384() {
    return generate("ecdsa-sha2-nistp384", 384);
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
      return KeyUtils.generateKeyPair(type, bits);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot make a key of type " + type, e);
    }
  }

  private static UserError unusable(Path file, String why) {
    return new UserError(
        ExitCode.CONFIG, "%s: not a usable private key: %s".formatted(Quote.path(file), why));
  }

  private static KeyPair read(Path file) throws IOException, GeneralSecurityException {
    try (var in = Files.newInputStream(file)) {
      var pairs =
          SecurityUtils.loadKeyPairIdentities(
              null, NamedResource.ofName(file.toString()), in, FilePasswordProvider.EMPTY);
      // Null for a file that is nothing like a key.
      if (pairs != null) {
        for (var pair : pairs) {
          return pair;
        }
      }
      throw new StreamCorruptedException("it holds no key");
    }
  }

  private static KeyPair create(Path file, KeyPair pair) {
    try {
      var durable = new DurableFile(file);
      durable.removeLeftovers();
      durable.replace(content(pair));
      return pair;
    } catch (IOException e) {
      throw new UserError(
          ExitCode.CANTCREAT,
          "%s: the key cannot be written: %s".formatted(Quote.path(file), FileProblem.of(e)));
    }
  }

  /** The content of a private key's file. */
  public static byte[] content(KeyPair pair) {
    var content = new ByteArrayOutputStream();
    try {
      OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, "gatehouse", null, content);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("cannot write a key of " + pair.getPublic(), e);
    }
    return content.toByteArray();
  }
}
