package dev.gatehouse.cluster;

import java.util.function.Function;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Readers of what Kubernetes will check again; they throw as {@link Values}' do. */
final class Quantities {
  private static final Pattern CPU =
      Pattern.compile(
          "[1-9][0-9]{0,3}|0\\.[0-9]{1,3}|[1-9][0-9]{0,3}\\.[0-9]{1,3}|[1-9][0-9]{0,6}m");
  private static final Pattern BYTES = Pattern.compile("[1-9][0-9]{0,6}(Mi|Gi|Ti)");
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern SUBDOMAIN = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");
  private static final Pattern LABEL_KEY =
      Pattern.compile(
          "([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
  private static final Pattern LABEL_VALUE =
      Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?|");
  private static final Pattern IMAGE = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._:/@-]{0,400}");
  private static final Pattern FOLDER = Pattern.compile("/[^\\p{Cntrl}:]{1,250}");

  private Quantities() {}

  static String cpu(ScalarNode node) {
    return Amounts.match(CPU, node, "a number of cores such as 2, 0.5 or 500m").group();
  }

  /** Memory or storage. */
  static String bytes(ScalarNode node) {
    return Amounts.match(BYTES, node, "a size such as 512Mi, 4Gi or 1Ti").group();
  }

  static String image(ScalarNode node) {
    return Amounts.match(IMAGE, node, "a container image").group();
  }

  /** The name of most Kubernetes objects. */
  static String name(ScalarNode node) {
    return Amounts.match(SUBDOMAIN, node, "a Kubernetes name: small letters, digits, '-' and '.'")
        .group();
  }

  /** The name of a namespace or of a volume. */
  static String label(ScalarNode node) {
    return Amounts.match(LABEL, node, "a Kubernetes name: at most 63 small letters, digits and '-'")
        .group();
  }

  static String labelKey(ScalarNode node) {
    return Amounts.match(LABEL_KEY, node, "the key of a Kubernetes label").group();
  }

  static String labelValue(ScalarNode node) {
    return Amounts.match(LABEL_VALUE, node, "the value of a Kubernetes label").group();
  }

  static boolean isLabelKey(String key) {
    return LABEL_KEY.matcher(key).matches();
  }

  /** Not one that the workspace needs for itself. */
  static Function<ScalarNode, String> folder() {
    return node -> Amounts.match(FOLDER, node, "an absolute path").group();
  }
}
