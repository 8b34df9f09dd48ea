package dev.gatehouse.name;

import java.util.regex.Pattern;

/** The name of one of a person's workspaces: a DNS-1123 label that starts with a letter. */
public record WorkspaceName(String value) implements Comparable<WorkspaceName> {
  private static final Pattern FORM = Pattern.compile("[a-z]([a-z0-9-]{0,30}[a-z0-9])?");

  /** The workspace that everybody has. */
  public static final WorkspaceName MAIN = new WorkspaceName("main");

  /**
   * @throws dev.gatehouse.failure.UserError if the value is malformed; the message says what is
   *     allowed
   */
  public WorkspaceName {
    Names.check(
        "workspace name",
        FORM,
        "it starts with a small letter, ends in a letter or digit, and has at most 32 small"
            + " letters, digits or '-'",
        value);
  }

  @Override
  public int compareTo(WorkspaceName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
