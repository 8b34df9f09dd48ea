package dev.gatehouse.name;

import java.util.regex.Pattern;

/** The name of a node of the cluster: a DNS subdomain, as Kubernetes wants it. */
public record NodeName(String value) implements Comparable<NodeName> {
  private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final Pattern FORM =
      Pattern.compile("(?=.{1,253}$)%s(\\.%s)*".formatted(LABEL, LABEL));

  /**
   * @throws dev.gatehouse.failure.UserError if the value is malformed; the message says what is
   *     allowed
   */
  public NodeName {
    Names.check(
        "node",
        FORM,
        "it has small letters, digits, '-' and '.', as 'gate node list' shows it",
        value);
  }

  @Override
  public int compareTo(NodeName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
