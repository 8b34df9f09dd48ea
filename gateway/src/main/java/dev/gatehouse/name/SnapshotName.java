package dev.gatehouse.name;

import java.util.regex.Pattern;

/** The name of a snapshot of a home: of its VolumeSnapshot in Kubernetes. */
public record SnapshotName(String value) implements Comparable<SnapshotName> {
  private static final Pattern FORM = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

  /**
   * @throws dev.gatehouse.failure.UserError if the value is malformed; the message says what is
   *     allowed
   */
  public SnapshotName {
    Names.check(
        "snapshot",
        FORM,
        "it has at most 253 small letters, digits, '-' or '.', such as home-ada-20261125-130000",
        value);
  }

  @Override
  public int compareTo(SnapshotName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
