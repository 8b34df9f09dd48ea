package dev.gatehouse.name;

import dev.gatehouse.failure.UserError;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of an app in the cluster definition, which people type where a host stands: a DNS-1123
 * label (RFC 1123, 2.1) that starts with a letter, so that it cannot be an IP address.
 */
public record AppName(String value) implements Comparable<AppName> {
  private static final Pattern FORM = Pattern.compile("[a-z]([a-z0-9-]{0,61}[a-z0-9])?");

  /**
   * @throws UserError if the value is malformed; the message says what is allowed
   */
  public AppName {
    Names.check(
        "app",
        FORM,
        "it starts with a small letter, ends in a letter or digit, and has at most 63 small"
            + " letters, digits or '-'",
        value);
  }

  /**
   * What a host of a direct-tcpip says as the name of an app: as in DNS, capitals and a dot at the
   * end make no difference. Empty if no app can be called so.
   *
   * @param host hostile
   */
  public static Optional<AppName> ofHost(String host) {
    var label = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    return Optional.of(label.toLowerCase(Locale.ROOT))
        .filter(name -> FORM.matcher(name).matches())
        .map(AppName::new);
  }

  @Override
  public int compareTo(AppName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
