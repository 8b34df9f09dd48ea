package dev.gatehouse.cluster;

import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Readers of what Kubernetes will check again; they throw as {@link Values}' do. */
final class Quantities {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern SUBDOMAIN = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");
  private static final Pattern LABEL_KEY =
      Pattern.compile(
          "([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
  private static final Pattern LABEL_VALUE =
      Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?|");
  private static final Pattern IMAGE = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._:/@-]{0,400}");
  private static final Pattern DRIVER = Pattern.compile("[a-z0-9]([-a-z0-9./]{0,251}[a-z0-9])?");
  private static final Pattern FOLDER = Pattern.compile("/[^\\p{Cntrl}:]{1,250}");

  private Quantities() {}

  static CpuQuantity cpu(ScalarNode node) {
    return new CpuQuantity(node.getValue());
  }

  /** Memory or storage. */
  static ByteQuantity bytes(ScalarNode node) {
    return new ByteQuantity(node.getValue());
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

  static String labelKey(String key) {
    if (!LABEL_KEY.matcher(key).matches()) {
      throw UserError.usage("%s cannot be the key of a Kubernetes label".formatted(Quote.of(key)));
    }
    return key;
  }

  /** The key of an annotation has the form of a label's. */
  static String annotationKey(String key) {
    if (!LABEL_KEY.matcher(key).matches()) {
      throw UserError.usage(
          "%s cannot be the key of a Kubernetes annotation".formatted(Quote.of(key)));
    }
    return key;
  }

  /** The name of an object that is a key here. */
  static String objectName(String key) {
    if (!SUBDOMAIN.matcher(key).matches()) {
      throw UserError.usage(
          "%s cannot be a Kubernetes name: small letters, digits, '-' and '.'"
              .formatted(Quote.of(key)));
    }
    return key;
  }

  /** The name of a driver of volumes. */
  static String driver(ScalarNode node) {
    return Amounts.match(DRIVER, node, "the name of a driver, such as ebs.csi.aws.com").group();
  }

  /** Not one that the workspace needs for itself. */
  static Function<ScalarNode, String> folder() {
    return node -> Amounts.match(FOLDER, node, "an absolute path").group();
  }
}
