package dev.gatehouse.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What of a definition a running gateway never takes over. */
public final class RestartSettings {
  private static final int BYTES = 8;

  private RestartSettings() {}

  /**
   * Returns a text that two definitions have in common if a gateway goes from one to the other
   * without a restart. The servers of people are exchanged while it runs, but not for a directory
   * inside the process.
   */
  public static String fingerprint(ClusterDefinition definition) {
    var settings =
        "%s, directory.ldap=%s"
            .formatted(
                HeldSettings.values(definition, InForceAfter.What.RESTART),
                definition.directory().ldap().isPresent());
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(settings.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
