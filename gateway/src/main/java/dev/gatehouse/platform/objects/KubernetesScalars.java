package dev.gatehouse.platform.objects;

import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Which scalars without quotes are no texts, as Kubernetes' own reader of YAML takes them: without
 * the dates and the numbers to the base of 60 that YAML 1.1 has, which would turn an annotation
 * such as {@code 12:30} into a number.
 */
final class KubernetesScalars extends Resolver {
  private static final Pattern INTEGER =
      Pattern.compile("[-+]?(?:0[0-7]*|[1-9][0-9]*|0x[0-9a-fA-F]+|0b[01]+)");

  @Override
  protected void addImplicitResolvers() {
    addImplicitResolver(Tag.BOOL, BOOL, "yYnNtTfFoO");
    addImplicitResolver(Tag.INT, INTEGER, "-+0123456789");
    addImplicitResolver(
        Tag.FLOAT,
        Pattern.compile("[-+]?(?:[0-9]+\\.[0-9]*|\\.[0-9]+|[0-9]+)(?:[eE][-+]?[0-9]+)?"),
        "-+0123456789.");
    addImplicitResolver(Tag.MERGE, MERGE, "<");
    addImplicitResolver(Tag.NULL, NULL, "~nN\0");
    addImplicitResolver(Tag.NULL, EMPTY, null);
  }
}
