package dev.gatehouse.workspace.kubernetes;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the scheduler says that nodes lack: {@code 0/3 nodes are available: 1 Insufficient memory, 2
 * node(s) had untolerated taint {…}.}
 */
final class Shortage {
  private static final Pattern INSUFFICIENT =
      Pattern.compile("Insufficient ([A-Za-z0-9./-]+[A-Za-z0-9])");
  private static final Pattern NODES = Pattern.compile("0/(\\d+) nodes are available");
  private static final Pattern CORDONED = Pattern.compile("(\\d+) node\\(s\\) were unschedulable");
  private static final Pattern OF_ANOTHER_KIND =
      Pattern.compile("(\\d+) node\\(s\\) didn't match Pod's node affinity/selector");

  /** Before Kubernetes 1.24 the words were "had taint {…}, that the pod didn't tolerate". */
  private static final Pattern TAINTED =
      Pattern.compile(
          "(\\d+) node\\(s\\) had (?:untolerated )?taint \\{([^:}]+)(?:: *([^}]*))?\\}");

  private static final Pattern NOT_HELPED =
      Pattern.compile("(\\d+) Preemption is not helpful for scheduling");

  /** Kubernetes' own taints come and go with what they say. */
  private static final String OF_KUBERNETES = "node.kubernetes.io/";

  private static final String CONTROL_PLANE = "node-role.kubernetes.io/";

  private Shortage() {}

  /** For a sentence that begins with "no node" or "none"; empty if nothing is known. */
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
    if (OF_ANOTHER_KIND.matcher(message).find()) {
      parts.add("of its kind is there");
    }
    if (parts.isEmpty() && !closed(message).isEmpty()) {
      parts.add("is open to it");
    }
    return String.join(" and ", List.copyOf(parts));
  }

  /** What is lacking for a pod with a home that may be in one zone only. */
  static String ofHome(String message) {
    if (message.contains("volume node affinity conflict")) {
      return "no node can take it where its home's volume is: the volume is in one zone, and no"
          + " node with room is";
    }
    return in(message).isEmpty()
        ? "no node can take it: " + message
        : ofNodes("no node", message) + advice(message);
  }

  /**
   * What is lacking, and which nodes are closed: {@code none has enough memory free (1 is cordoned
   * by an administrator)}.
   *
   * @param nobody {@code none} or {@code no node}
   */
  static String ofNodes(String nobody, String message) {
    var closed = closed(message);
    return nobody
        + " "
        + in(message)
        + (closed.isEmpty() ? "" : " (%s)".formatted(String.join(", ", closed)));
  }

  private static List<String> closed(String message) {
    var closed = new ArrayList<String>();
    each(
        CORDONED,
        message,
        m -> closed.add(m.group(1) + isOrAre(m) + "cordoned by an administrator"));
    each(TAINTED, message, m -> closed.add(m.group(1) + tainted(m)));
    return closed;
  }

  private static String tainted(Matcher taint) {
    var key = taint.group(2);
    return switch (key) {
      case OF_KUBERNETES + "unschedulable" -> isOrAre(taint) + "cordoned by an administrator";
      case OF_KUBERNETES + "memory-pressure" -> isOrAre(taint) + "short of memory";
      case OF_KUBERNETES + "disk-pressure" -> isOrAre(taint) + "short of disk";
      case OF_KUBERNETES + "pid-pressure" -> isOrAre(taint) + "out of process numbers";
      case OF_KUBERNETES + "unreachable" -> does(taint) + "not answer";
      case OF_KUBERNETES + "not-ready", OF_KUBERNETES + "network-unavailable" ->
          isOrAre(taint) + "not ready";
      case OF_KUBERNETES + "out-of-service" -> isOrAre(taint) + "out of service";
      default ->
          key.startsWith(CONTROL_PLANE)
              ? isOrAre(taint) + "for the cluster itself"
              : isOrAre(taint) + "kept for others (%s)".formatted(pair(taint));
    };
  }

  private static String pair(Matcher taint) {
    var value = taint.group(3);
    return value == null || value.isBlank()
        ? taint.group(2)
        : "%s: %s".formatted(taint.group(2), value.strip());
  }

  private static String isOrAre(Matcher counted) {
    return counted.group(1).equals("1") ? " is " : " are ";
  }

  private static String does(Matcher counted) {
    return counted.group(1).equals("1") ? " does " : " do ";
  }

  /**
   * Whether no node can ever take it, whatever ends there: the labels and taints of all of them are
   * against it, or (as schedulers since Kubernetes 1.30 tell) it is larger than each whole node.
   */
  static boolean isLasting(String message) {
    var nodes = NODES.matcher(message);
    if (!nodes.find()) {
      return false;
    }
    var all = Integer.parseInt(nodes.group(1));
    var refused = sum(OF_ANOTHER_KIND, message, _ -> true) + sum(TAINTED, message, Shortage::stays);
    return all > 0
        && (refused >= all
            || (sum(INSUFFICIENT_NODES, message, _ -> true) + refused >= all
                && sum(NOT_HELPED, message, _ -> true) >= all));
  }

  private static final Pattern INSUFFICIENT_NODES = Pattern.compile("(\\d+) Insufficient ");

  private static boolean stays(Matcher taint) {
    return !taint.group(2).startsWith(OF_KUBERNETES);
  }

  private interface Found {
    void accept(Matcher match);
  }

  private static void each(Pattern pattern, String message, Found found) {
    var match = pattern.matcher(message);
    while (match.find()) {
      found.accept(match);
    }
  }

  private interface Condition {
    boolean holds(Matcher match);
  }

  private static int sum(Pattern pattern, String message, Condition condition) {
    var sum = 0;
    var match = pattern.matcher(message);
    while (match.find()) {
      sum += condition.holds(match) ? Integer.parseInt(match.group(1)) : 0;
    }
    return sum;
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
