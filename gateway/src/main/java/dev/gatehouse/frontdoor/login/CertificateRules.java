package dev.gatehouse.frontdoor.login;

import dev.gatehouse.cluster.LoginSettings;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.key.Certificate;
import dev.gatehouse.key.KeyPolicy;
import dev.gatehouse.key.Restrictions;
import dev.gatehouse.key.SignatureAlgorithms;
import dev.gatehouse.key.SignatureAlgorithms.Presence;
import dev.gatehouse.name.Username;
import dev.gatehouse.net.Cidr;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** When a user certificate is accepted (PROTOCOL.certkeys; sshd_config(5), TrustedUserCAKeys). */
final class CertificateRules {
  private static final String FORCE_COMMAND = "force-command";
  private static final String SOURCE_ADDRESS = "source-address";
  private static final String VERIFY_REQUIRED = "verify-required";

  /** A critical option that is not understood refuses the certificate. */
  private static final Set<String> UNDERSTOOD =
      Set.of(FORCE_COMMAND, SOURCE_ADDRESS, VERIFY_REQUIRED);

  private CertificateRules() {}

  /**
   * Why it is not accepted; empty if it is. Revocation is asked elsewhere.
   *
   * @param from where it is used
   */
  static Optional<String> objection(
      Certificate certificate,
      Username username,
      InetAddress from,
      Instant now,
      LoginSettings settings,
      SignatureAlgorithms algorithms) {
    // The order matters: nothing a certificate says counts before its CA is known and has signed.
    if (!settings.certificateAuthorities().contains(certificate.ca())) {
      return Optional.of("its CA is none of login.certificateAuthorities");
    }
    if (!certificate.isSigned(algorithms)) {
      return Optional.of("its CA's signature is wrong or of an algorithm that is not accepted");
    }
    if (certificate.type() != Certificate.Type.USER) {
      return Optional.of("it is a host's");
    }
    if (!certificate.principals().contains(username.value())) {
      return Optional.of("its principals do not name the person");
    }
    if (!certificate.isValidAt(now)) {
      return Optional.of("it is not valid now");
    }
    return unknownOption(certificate)
        .or(() -> source(certificate, from))
        .or(() -> KeyPolicy.objection(certificate.key()).map(why -> "its key: " + why));
  }

  static Restrictions restrictions(Certificate certificate) {
    var permits = certificate.extensions().keySet();
    return new Restrictions(
        permits.contains("permit-pty"),
        permits.contains("permit-agent-forwarding"),
        permits.contains("permit-port-forwarding"),
        permits.contains("permit-X11-forwarding"),
        Optional.ofNullable(certificate.critical().get(FORCE_COMMAND)),
        Optional.empty(),
        Optional.empty());
  }

  static Presence presence(Certificate certificate) {
    return new Presence(
        !certificate.extensions().containsKey("no-touch-required"),
        certificate.critical().containsKey(VERIFY_REQUIRED));
  }

  private static Optional<String> unknownOption(Certificate certificate) {
    return UNDERSTOOD.containsAll(certificate.critical().keySet())
        ? Optional.empty()
        : Optional.of("it has a critical option that the gateway does not know");
  }

  /** Networks in CIDR notation only, as OpenSSH has it here; a list that is none fits nobody. */
  private static Optional<String> source(Certificate certificate, InetAddress from) {
    var allowed = certificate.critical().get(SOURCE_ADDRESS);
    if (allowed == null) {
      return Optional.empty();
    }
    try {
      var networks = Stream.of(allowed.split(",", -1)).map(Cidr::parse).toList();
      return networks.stream().anyMatch(n -> n.contains(from))
          ? Optional.empty()
          : Optional.of("its source-address does not hold the client's");
    } catch (UserError e) {
      return Optional.of("its source-address is malformed");
    }
  }
}
