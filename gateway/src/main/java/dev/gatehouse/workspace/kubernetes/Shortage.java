package dev.gatehouse.workspace.kubernetes;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the scheduler says that nodes lack: {@code 0/3 nodes are available: 1 Insufficient memory, 2
 * node(s) had untolerated taint {…}.}
 */
final class Shortage {
  private static final Pattern INSUFFICIENT =
      Pattern.compile("Insufficient ([A-Za-z0-9./-]+[A-Za-z0-9])");

  private Shortage() {}

  /** For a sentence that begins with "no node"; empty if nothing is known. */
  static String in(String message) {
    var lacks = new LinkedHashSet<String>();
    var match = INSUFFICIENT.matcher(message);
    while (match.find()) {
      lacks.add(words(match.group(1)));
    }
    var parts = new ArrayList<String>();
    if (!lacks.isEmpty()) {
      parts.add("has enough " + String.join(" or ", lacks) + " free");
    }
    if (message.contains("didn't match Pod's node affinity/selector")) {
      parts.add("of its kind is there");
    }
    return String.join(" and ", List.copyOf(parts));
  }

  /** What the person can do about it; empty if nothing. */
  static String advice(String message) {
    return message.contains("didn't match pod affinity rules")
        ? "; the home can be on one node only, so stop your workspace that has it there"
        : "";
  }

  private static String words(String resource) {
    return switch (resource) {
      case "cpu" -> "CPU";
      case "memory" -> "memory";
      case "ephemeral-storage" -> "disk";
      case "pods" -> "room for pods";
      default -> resource.endsWith("/gpu") ? "GPUs" : resource;
    };
  }
}
