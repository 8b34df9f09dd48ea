package dev.gatehouse.platform;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Compares and shows values as Kubernetes means them. */
final class Scalars {
  /** Where the value is a quantity: 1000m of CPU is 1. */
  private static final Pattern QUANTITY =
      Pattern.compile(
          "(?:^|\\.)(?:limits|requests|hard|capacity|overhead|default|defaultRequest|max|min)"
              + "(?:\\.[^.]*|\\[[^\\]]*\\])$|(?:^|\\.)(?:sizeLimit|storage|divisor)$");

  /** Of these Kubernetes tells false from absent, and keeps what is said. */
  private static final Set<String> TELLING =
      Set.of(
          "allowPrivilegeEscalation",
          "allowVolumeExpansion",
          "automountServiceAccountToken",
          "enableServiceLinks",
          "hostUsers",
          "immutable",
          "maxSurge",
          "maxUnavailable",
          "minAvailable",
          "optional",
          "privileged",
          "readOnlyRootFilesystem",
          "replicas",
          "runAsGroup",
          "runAsNonRoot",
          "runAsUser",
          "suspend",
          "terminationGracePeriodSeconds");

  /** Where keys are free, and an empty text is one as any other. */
  private static final Pattern OF_TEXTS =
      Pattern.compile(
          "(?:^|\\.)(?:labels|annotations|data|matchLabels|nodeSelector|parameters)(?:\\.|\\[)");

  private Scalars() {}

  /** Whether the server takes both for the same. */
  static boolean equal(String path, Object one, Object other) {
    var a = String.valueOf(one);
    var b = String.valueOf(other);
    if (a.equals(b)) {
      return true;
    }
    if (one instanceof Number && other instanceof Number) {
      return new BigDecimal(a).compareTo(new BigDecimal(b)) == 0;
    }
    return QUANTITY.matcher(path).find() && sameAmount(a, b);
  }

  /** Whether the server leaves the value out of what it stores, because it is the usual one. */
  static boolean isLeftOut(String path, Object value) {
    var name = path.substring(path.lastIndexOf('.') + 1);
    var isNothing =
        value.equals(false)
            || value.equals("")
            || (value instanceof Number number && number.doubleValue() == 0);
    return isNothing && !TELLING.contains(name) && !OF_TEXTS.matcher(path).find();
  }

  /** In one line, whatever it is. */
  static String shown(Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(e -> e.getKey() + ": " + shown(e.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      case List<?> list ->
          list.stream().map(Scalars::shown).collect(Collectors.joining(", ", "[", "]"));
      default -> String.valueOf(value);
    };
  }

  /** Whether one quantity is more than another; not if one of them is none. */
  static boolean isMore(String one, String other) {
    try {
      return new Quantity(one)
              .getNumericalAmount()
              .compareTo(new Quantity(other).getNumericalAmount())
          > 0;
    } catch (IllegalArgumentException | ArithmeticException e) {
      return false;
    }
  }

  private static boolean sameAmount(String one, String other) {
    try {
      return new Quantity(one)
              .getNumericalAmount()
              .compareTo(new Quantity(other).getNumericalAmount())
          == 0;
    } catch (IllegalArgumentException | ArithmeticException e) {
      return false;
    }
  }
}
