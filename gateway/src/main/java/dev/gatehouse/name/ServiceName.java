package dev.gatehouse.name;

import dev.gatehouse.failure.UserError;
import java.util.regex.Pattern;

/**
 * The name of a service of a machine type. It is a part of file names and of lines that a shell
 * reads, so it has letters, digits and '-' only.
 */
public record ServiceName(String value) implements Comparable<ServiceName> {
  private static final Pattern FORM = Pattern.compile("[a-z]([a-z0-9-]{0,30}[a-z0-9])?");

  /**
   * @throws UserError if the value is malformed; the message says what is allowed
   */
  public ServiceName {
    Names.check(
        "service",
        FORM,
        "it starts with a small letter, ends in a letter or digit, and has at most 32 small"
            + " letters, digits or '-'",
        value);
  }

  @Override
  public int compareTo(ServiceName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
