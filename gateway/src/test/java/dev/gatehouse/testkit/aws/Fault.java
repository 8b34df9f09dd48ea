package dev.gatehouse.testkit.aws;

/** What goes wrong with a call, once. */
public sealed interface Fault {
  /** An answer instead of doing it. */
  record Answer(int status, String code, String text) implements Fault {}

  /** The connection ends without an answer, before anything is done. */
  record CutBefore() implements Fault {}

  /** It is done, and then the connection ends without an answer. */
  record CutAfter() implements Fault {}

  /** It is done, and the answer does not come before the stand-in is closed. */
  record NoAnswer() implements Fault {}

  /** As JSON services say it. */
  static Fault throttled429() {
    return new Answer(429, "ThrottlingException", "Rate exceeded");
  }

  /** As query services say it. */
  static Fault throttled400() {
    return new Answer(400, "Throttling", "Rate exceeded");
  }

  /** As EC2 says it. */
  static Fault throttled503() {
    return new Answer(503, "RequestLimitExceeded", "Request limit exceeded.");
  }

  static Fault unavailable() {
    return new Answer(503, "ServiceUnavailable", "Service is unable to handle request.");
  }

  static Fault denied(String action, String arn) {
    return new Answer(
        403,
        "AccessDeniedException",
        "User: %s is not authorized to perform: %s on resource: * because no identity-based policy allows the %s action"
            .formatted(arn, action, action));
  }
}
