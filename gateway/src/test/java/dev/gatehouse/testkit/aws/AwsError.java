package dev.gatehouse.testkit.aws;

/** What AWS answers instead: a service writes it in its own protocol. */
public final class AwsError extends RuntimeException {
  private final int status;
  private final String code;
  private final String text;

  /**
   * @param code such as {@code ValidationError}, see the service's API reference
   */
  public AwsError(int status, String code, String text) {
    super(code + ": " + text, null, false, false);
    this.status = status;
    this.code = code;
    this.text = text;
  }

  /** A mistake of the request's. */
  public static AwsError bad(String code, String text) {
    return new AwsError(400, code, text);
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  String text() {
    return text;
  }
}
