package dev.gatehouse.directory.following;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.directory.embedded.Slapd;
import org.junit.jupiter.api.Test;

/** How often slapd is asked for a login, by its own count. */
final class LoginCostIT {
  private static final int LOGINS = 20;

  @Test
  void login_fromTheCopy_asksNothingAndElseTwice() {
    Slapd.require();
    try (var cost = new LoginCost()) {
      // Now and then the gateway asks by itself whether the server still answers.
      assertThat(cost.of(LOGINS, true).searches()).isLessThan(5);
      assertThat(cost.of(LOGINS, false).searches()).isBetween(2L * LOGINS, 2L * LOGINS + 5);
    }
  }
}
