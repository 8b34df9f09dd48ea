package dev.gatehouse.platform.helm;

/** A release cannot be upgraded, because a field of an object that is there cannot be changed. */
public final class ImmutableFieldException extends RuntimeException {
  private final String kind;
  private final String name;
  private final String field;

  /**
   * @param field such as {@code spec.selector}; for a StatefulSet only {@code spec}, as the API
   *     server does not say more
   */
  ImmutableFieldException(String kind, String name, String field, Throwable cause) {
    super("%s %s: %s".formatted(kind, name, field), cause);
    this.kind = kind;
    this.name = name;
    this.field = field;
  }

  public String kind() {
    return kind;
  }

  public String name() {
    return name;
  }

  public String field() {
    return field;
  }
}
