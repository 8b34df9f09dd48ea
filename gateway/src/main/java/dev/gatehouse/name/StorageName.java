package dev.gatehouse.name;

import java.util.regex.Pattern;

/** The name of a storage in the cluster definition; part of its claim's name too. */
public record StorageName(String value) implements Comparable<StorageName> {
  private static final Pattern FORM = Pattern.compile("[a-z]([a-z0-9-]{0,30}[a-z0-9])?");

  /**
   * @throws dev.gatehouse.failure.UserError if the value is malformed; the message says what is
   *     allowed
   */
  public StorageName {
    Names.check(
        "storage",
        FORM,
        "it starts with a small letter, ends in a letter or digit, and has at most 32 small"
            + " letters, digits or '-'",
        value);
  }

  @Override
  public int compareTo(StorageName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
