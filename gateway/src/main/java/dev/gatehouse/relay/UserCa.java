package dev.gatehouse.relay;

import dev.gatehouse.key.KeyFile;
import dev.gatehouse.key.SshPublicKey;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.apache.sshd.certificate.OpenSshCertificateBuilder;

/**
 * The gateway's user CA: workspaces trust it and nothing else. For each connection to a workspace
 * it signs a certificate that is valid for minutes (PROTOCOL.certkeys of OpenSSH).
 */
public final class UserCa {
  /** How long a certificate may be used to log in. */
  static final Duration VALIDITY = Duration.ofMinutes(5);

  /** A workspace's clock may be behind ours. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  private static final List<String> PERMITS =
      List.of(
          "permit-X11-forwarding",
          "permit-agent-forwarding",
          "permit-port-forwarding",
          "permit-pty");

  private final KeyPair ca;
  private final KeyPair subject = KeyFile.generateEd25519();
  private final InstantSource clock;

  private UserCa(KeyPair ca, InstantSource clock) {
    this.ca = ca;
    this.clock = clock;
  }

  /** Reads the CA's key, or makes it at the first start. */
  public static UserCa open(Path file, InstantSource clock) {
    return new UserCa(KeyFile.openEd25519(file), clock);
  }

  /** What a workspace's TrustedUserCAKeys holds. */
  public SshPublicKey publicKey() {
    return KeyFile.publicKey(ca);
  }

  /** A key pair whose public half is a certificate for this one principal. */
  public KeyPair issue(String principal) {
    var now = clock.instant();
    var builder =
        OpenSshCertificateBuilder.userCertificate()
            .publicKey(subject.getPublic())
            .id("gatehouse " + principal)
            .serial(now.toEpochMilli())
            .principals(List.of(principal))
            .validAfter(now.minus(SKEW))
            .validBefore(now.plus(VALIDITY));
    PERMITS.forEach(permit -> builder.extension(permit, ""));
    try {
      return new KeyPair(builder.sign(ca), subject.getPrivate());
    } catch (Exception e) {
      throw new IllegalStateException("the user CA cannot sign", e);
    }
  }
}
