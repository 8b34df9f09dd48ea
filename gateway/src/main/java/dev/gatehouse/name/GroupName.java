package dev.gatehouse.name;

import java.util.regex.Pattern;

/** The {@code cn} of a POSIX group. */
public record GroupName(String value) implements Comparable<GroupName> {
  private static final Pattern FORM = Pattern.compile("[a-z_][a-z0-9_.-]{0,31}");

  /**
   * @throws dev.gatehouse.failure.UserError if the value is malformed; the message says what is
   *     allowed
   */
  public GroupName {
    Names.check(
        "group name",
        FORM,
        "it starts with a small letter and has at most 32 small letters, digits, '.', '_' or '-'",
        value);
  }

  @Override
  public int compareTo(GroupName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
