package dev.gatehouse.frontdoor.limits;

import dev.gatehouse.cluster.Limits.PerSourcePenalties;
import java.time.Duration;

/** How a connection can end badly before its login. */
enum Offence {
  AUTH_FAIL("authFail", "auth-fail"),
  NO_AUTH("noAuth", "no-auth"),
  GRACE_EXCEEDED("graceExceeded", "grace-exceeded"),
  INVALID("invalid", "invalid"),
  REFUSE_CONNECTION("refuseConnection", "refuse-connection");

  private final String key;
  private final String code;

  Offence(String key, String code) {
    this.key = key;
    this.code = code;
  }

  /** As in the definition. */
  String key() {
    return key;
  }

  /** As in what is measured. */
  String code() {
    return code;
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
