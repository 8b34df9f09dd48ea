package dev.gatehouse.frontdoor.hostkeys;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.file.TextFile;
import dev.gatehouse.key.KeyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Certificates of host keys (OpenSSH, PROTOCOL.certkeys). Nobody needs one, so a wrong one is told
 * in the log and not offered, and clients fall back to the key itself.
 */
final class HostCertificates {
  private static final Logger LOG = LoggerFactory.getLogger(HostCertificates.class);
  private static final int MAX_FILE = 64 * 1024;

  private HostCertificates() {}

  /** The certificate in the file, if it is there and is one for this key. */
  static Optional<OpenSshCertificate> read(Path file, OwnKey key, Instant now) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      var certificate = parse(TextFile.read(file, "host certificate", MAX_FILE, ExitCode.DATAERR));
      check(certificate, key);
      warnIfNotValid(file, certificate, now);
      return Optional.of(certificate);
    } catch (UserError e) {
      LOG.warn("[host-certificate-ignored] {}: {}", Quote.path(file), e.text());
      return Optional.empty();
    }
  }

  /** Whether it may be shown: OpenSSH complains of an expired one before it takes the key. */
  static boolean isValid(OpenSshCertificate certificate, Instant now) {
    return OpenSshCertificate.isValidAt(certificate, now);
  }

  private static OpenSshCertificate parse(String line) {
    try {
      if (publicKey(line.strip()) instanceof OpenSshCertificate certificate) {
        return certificate;
      }
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw UserError.usage("it cannot be read: " + Quote.plain(String.valueOf(e.getMessage())));
    }
    throw UserError.usage("it is a key, not a certificate; sign it with 'ssh-keygen -s CA -h'");
  }

  private static @Nullable PublicKey publicKey(String line)
      throws IOException, GeneralSecurityException {
    return PublicKeyEntry.parsePublicKeyEntry(line).resolvePublicKey(null, Map.of(), null);
  }

  private static void check(OpenSshCertificate certificate, OwnKey key) {
    if (certificate.getType() != OpenSshCertificate.Type.HOST) {
      throw UserError.usage("it is a user certificate; sign the key with 'ssh-keygen -s CA -h'");
    }
    var subject = KeyFile.publicKey(certificate.getCertPubKey());
    if (!subject.equals(key.publicKey())) {
      throw UserError.usage(
          "it is for another key, %s; this one is %s".formatted(subject, key.publicKey()));
    }
  }

  private static void warnIfNotValid(Path file, OpenSshCertificate certificate, Instant now) {
    if (!isValid(certificate, now)) {
      LOG.warn(
          "[host-certificate-expired] {} is valid from {} to {}; it is not offered outside of that",
          Quote.path(file),
          time(certificate.getValidAfter()),
          time(certificate.getValidBefore()));
    }
  }

  private static String time(long seconds) {
    return seconds == OpenSshCertificate.INFINITY
        ? "forever"
        : Instant.ofEpochSecond(seconds).toString();
  }
}
