package dev.gatehouse.platform.secrets;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The Secrets that the directory, its web UI and the gateway need. Passwords are made once; the
 * certificate is made anew when it ends soon.
 */
public final class DirectorySecrets {
  public static final String TLS = "directory-tls";
  public static final String SERVICES = "directory-services";

  /** What the gateway finds beside its cluster.yaml. */
  public static final String GATEWAY = "gatehouse-directory";

  /** Read by the first start of the first server only. */
  public static final String ADMINISTRATOR = "directory-administrator";

  private static final Duration RENEWED_BEFORE = Duration.ofDays(30);
  private static final int PASSWORD_BYTES = 24;
  private static final String CERTIFICATE = "tls.crt";
  private static final String CA = "ca.crt";
  private static final String GATEWAY_CA = "ldap-ca.pem";

  private DirectorySecrets() {}

  /**
   * Returns the texts of each Secret by name, as they should be.
   *
   * @param existing those that are there
   * @param namespace where the directory runs
   * @param othersCertificate whether somebody else, such as cert-manager, renews the certificate
   * @param administrator the first one, where the directory is new
   */
  public static Map<String, Map<String, String>> wanted(
      Map<String, Map<String, String>> existing,
      String namespace,
      boolean othersCertificate,
      Optional<FirstAdministrator> administrator,
      Instant now) {
    var wanted = new LinkedHashMap<String, Map<String, String>>();
    var tls = tls(existing.getOrDefault(TLS, Map.of()), namespace, othersCertificate, now);
    var services = services(existing.getOrDefault(SERVICES, Map.of()));
    wanted.put(TLS, tls);
    wanted.put(SERVICES, services);
    wanted.put(GATEWAY, gateway(existing.getOrDefault(GATEWAY, Map.of()), tls, services));
    administrator.ifPresent(
        first ->
            wanted.put(
                ADMINISTRATOR,
                existing.getOrDefault(
                    ADMINISTRATOR,
                    Map.of(
                        "uid",
                        first.name().toString(),
                        "password",
                        password(),
                        "ssh-key",
                        first.key().strip() + "\n"))));
    return wanted;
  }

  /** When the certificate of the directory ends; empty if there is none. */
  public static Optional<Instant> end(Map<String, String> tls) {
    return Optional.ofNullable(tls.get(CERTIFICATE)).flatMap(DirectoryCertificate::end);
  }

  private static Map<String, String> tls(
      Map<String, String> existing, String namespace, boolean isOthers, Instant now) {
    var isGood = end(existing).filter(e -> now.plus(RENEWED_BEFORE).isBefore(e)).isPresent();
    if (isGood || (isOthers && !existing.isEmpty())) {
      return existing;
    }
    var made = DirectoryCertificate.make(namespace, now);
    return Map.of(CA, made.ca(), CERTIFICATE, made.certificate(), "tls.key", made.key());
  }

  private static Map<String, String> services(Map<String, String> existing) {
    var services = new TreeMap<>(existing);
    for (var name : new String[] {"gateway", "ldap-ui", "replicator"}) {
      services.computeIfAbsent(name, _ -> password() + "\n");
    }
    return services;
  }

  /** With the CA before beside the new one, since gateways and servers take them at their times. */
  private static Map<String, String> gateway(
      Map<String, String> existing, Map<String, String> tls, Map<String, String> services) {
    var gateway = new TreeMap<>(existing);
    gateway.put("ldap-password", services.getOrDefault("gateway", ""));
    var ca = tls.getOrDefault(CA, "");
    var before = existing.getOrDefault(GATEWAY_CA, "");
    if (!before.startsWith(ca)) {
      gateway.put(GATEWAY_CA, ca + first(before));
    }
    return gateway;
  }

  /** The first certificate of several. */
  private static String first(String pem) {
    var end = "-----END CERTIFICATE-----\n";
    var at = pem.indexOf(end);
    return at < 0 ? "" : pem.substring(0, at + end.length());
  }

  private static String password() {
    var bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
