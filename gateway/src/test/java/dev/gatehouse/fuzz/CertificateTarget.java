package dev.gatehouse.fuzz;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.gatehouse.failure.UserError;
import dev.gatehouse.key.Certificate;
import dev.gatehouse.key.SignatureAlgorithms;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import java.util.stream.Stream;

/** What a stranger may show in place of a key. Nobody forges what a CA has signed. */
final class CertificateTarget extends FuzzTarget {
  private static final SignatureAlgorithms ALGORITHMS =
      new SignatureAlgorithms(
          Set.of("ssh-ed25519", "ecdsa-sha2-nistp256", "rsa-sha2-256", "rsa-sha2-512"));

  /** What ssh-keygen really signed. */
  private final Set<String> signed =
      Corpus.of(this).files().stream()
          .map(Corpus::read)
          .flatMap(CertificateTarget::signedPart)
          .collect(toUnmodifiableSet());

  @Override
  protected String name() {
    return "certificate";
  }

  @Override
  protected Runnable parse(byte[] input) {
    var certificate = Certificate.parse(input);
    return () -> isRight(certificate, input);
  }

  private void isRight(Certificate certificate, byte[] input) {
    require(certificate.base64().equals(base64(input)), "another certificate");
    require(!Certificate.isType(certificate.key().type()), "a certificate of a certificate");
    require(certificate.principals().size() <= 256, "too many principals");
    certificate.isValidAt(Instant.EPOCH);
    require(
        !certificate.isSigned(ALGORITHMS) || signed.contains(signedPart(certificate, input)),
        "a forgery: " + certificate);
  }

  private static Stream<String> signedPart(byte[] seed) {
    try {
      return Stream.of(signedPart(Certificate.parse(seed), seed));
    } catch (UserError e) {
      return Stream.empty();
    }
  }

  private static String signedPart(Certificate certificate, byte[] blob) {
    return base64(Arrays.copyOf(blob, certificate.signedBytes()));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
