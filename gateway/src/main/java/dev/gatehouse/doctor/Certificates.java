package dev.gatehouse.doctor;

import java.io.ByteArrayInputStream;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How long certificates hold. */
public final class Certificates {
  private static final Duration SOON = Duration.ofDays(30);
  private static final Duration AT_ONCE = Duration.ofDays(7);

  private Certificates() {}

  /**
   * @param where such as {@code Secret directory-tls, tls.crt}
   * @param pem one certificate or several
   */
  public static List<Finding> findings(String where, byte[] pem, Instant now) {
    try {
      return findings(
          where,
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem)),
          now);
    } catch (CertificateException e) {
      return List.of(
          Finding.problem(where + " is no certificate (PEM)", "put the right file in its place"));
    }
  }

  /** The first that ends counts. */
  public static List<Finding> findings(
      String where, Collection<? extends Certificate> certificates, Instant now) {
    Optional<Instant> end =
        certificates.stream()
            .filter(X509Certificate.class::isInstance)
            .map(c -> ((X509Certificate) c).getNotAfter().toInstant())
            .min(Comparator.naturalOrder());
    return end.map(e -> List.of(finding(where, e, now))).orElseGet(List::of);
  }

  private static Finding finding(String where, Instant end, Instant now) {
    var left = Duration.between(now, end);
    var renew = "renew it: without it nothing connects any more";
    if (left.isNegative()) {
      return Finding.problem("%s ended %d days ago".formatted(where, -left.toDays()), renew);
    }
    var what = "%s ends in %d days".formatted(where, left.toDays());
    if (left.compareTo(AT_ONCE) < 0) {
      return Finding.problem(what, renew);
    }
    return left.compareTo(SOON) < 0 ? Finding.warning(what, renew) : Finding.ok(what);
  }
}
