package dev.gatehouse.frontdoor.limits;

import dev.gatehouse.cluster.Limits.PerSourcePenalties;
import java.time.Duration;

/** How a connection can end badly before its login. */
enum Offence {
  AUTH_FAIL("authFail"),
  NO_AUTH("noAuth"),
  GRACE_EXCEEDED("graceExceeded"),
  INVALID("invalid"),
  REFUSE_CONNECTION("refuseConnection");

  private final String key;

  Offence(String key) {
    this.key = key;
  }

  /** As in the definition. */
  String key() {
    return key;
  }

  Duration penalty(PerSourcePenalties penalties) {
    return switch (this) {
      case AUTH_FAIL -> penalties.authFail();
      case NO_AUTH -> penalties.noAuth();
      case GRACE_EXCEEDED -> penalties.graceExceeded();
      case INVALID -> penalties.invalid();
      case REFUSE_CONNECTION -> penalties.refuseConnection();
    };
  }
}
