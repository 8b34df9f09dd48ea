package dev.gatehouse.name;

import java.util.regex.Pattern;

/**
 * The LDAP {@code uid} of a person, which is also the login name in every workspace (POSIX
 * portable, lower case).
 */
public record Username(String value) implements Comparable<Username> {
  private static final Pattern FORM = Pattern.compile("[a-z_][a-z0-9_.-]{0,31}");

  /**
   * @throws dev.gatehouse.failure.UserError if the value is malformed; the message says what is
   *     allowed
   */
  public Username {
    Names.check(
        "user name",
        FORM,
        "it starts with a small letter and has at most 32 small letters, digits, '.', '_' or '-'",
        value);
  }

  @Override
  public int compareTo(Username other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
