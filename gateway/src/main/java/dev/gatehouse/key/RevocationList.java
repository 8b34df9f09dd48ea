package dev.gatehouse.key;

import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Keys and certificates that are no longer accepted, as OpenSSH's RevokedKeys: a KRL, which
 * ssh-keygen -k makes (PROTOCOL.krl), or public keys, one a line.
 */
public final class RevocationList {
  /** Nothing is revoked. */
  public static final RevocationList EMPTY = new RevocationList(Set.of(), Set.of(), List.of());

  /** What is revoked of the certificates of one CA, or of any CA. */
  interface Certificates {
    boolean revoke(Certificate certificate);
  }

  private final Set<String> keys;
  private final Set<String> fingerprints;
  private final List<Certificates> certificates;

  /**
   * @param keys wire forms in base64
   * @param fingerprints {@code SHA1:} or {@code SHA256:} and base64
   */
  RevocationList(Set<String> keys, Set<String> fingerprints, List<Certificates> certificates) {
    this.keys = Set.copyOf(keys);
    this.fingerprints = Set.copyOf(fingerprints);
    this.certificates = List.copyOf(certificates);
  }

  /**
   * Reads a file's content.
   *
   * @throws UserError if it is neither form; a list that is not understood must not count as empty
   */
  public static RevocationList parse(byte[] content) {
    return Krl.isKrl(content) ? Krl.parse(content) : plain(content);
  }

  public boolean revokes(SshPublicKey key) {
    return keys.contains(key.base64())
        || fingerprints.contains(fingerprint("SHA-1", "SHA1:", key))
        || fingerprints.contains(fingerprint("SHA-256", "SHA256:", key));
  }

  /** Whether it, its key or its CA is revoked. */
  public boolean revokes(Certificate certificate) {
    return revokes(certificate.key())
        || revokes(certificate.ca())
        || certificates.stream().anyMatch(c -> c.revoke(certificate));
  }

  private static RevocationList plain(byte[] content) {
    var keys = new HashSet<String>();
    var lines = new String(content, StandardCharsets.UTF_8).lines().toList();
    for (var i = 0; i < lines.size(); i++) {
      var line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        keys.add(key(line, i + 1).base64());
      }
    }
    return new RevocationList(keys, Set.of(), List.of());
  }

  private static SshPublicKey key(String line, int number) {
    try {
      return SshPublicKey.parse(line);
    } catch (UserError e) {
      throw UserError.usage(
          "line %d is neither a public key nor a comment: %s"
              .formatted(number, Quote.plain(e.text())));
    }
  }

  /** In base64, so that it can be an element of a set. */
  static String fingerprint(String prefix, byte[] hash) {
    return prefix + java.util.Base64.getEncoder().encodeToString(hash);
  }

  private static String fingerprint(String algorithm, String prefix, SshPublicKey key) {
    return fingerprint(prefix, DigestUtils.getDigest(algorithm).digest(key.blob()));
  }

  /** Whether the bytes begin so. */
  static boolean startsWith(byte[] bytes, byte[] start) {
    return bytes.length >= start.length
        && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }
}
