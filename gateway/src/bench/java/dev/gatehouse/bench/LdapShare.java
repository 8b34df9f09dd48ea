package dev.gatehouse.bench;

import dev.gatehouse.directory.following.LoginCost;
import java.util.List;

/** What the directory adds to a login: nothing from the copy, and two questions without one. */
final class LdapShare implements Part {
  private static final String NAME = "login, LDAP copy warm and cold";
  private static final int LOGINS = 100;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Outcome measure() {
    return new Outcome(List.of(), List.of(line()));
  }

  private static String line() {
    try (var cost = new LoginCost()) {
      var warm = cost.of(LOGINS, true);
      var cold = cost.of(LOGINS, false);
      return "%s: median %.1f and %.1f ms; slapd counted %.2f and %.2f searches a login."
          .formatted(
              NAME,
              warm.medianMillis(),
              cold.medianMillis(),
              (double) warm.searches() / LOGINS,
              (double) cold.searches() / LOGINS);
    }
  }
}
