package dev.gatehouse.platform.values;

import io.fabric8.kubernetes.api.model.Quantity;

/** Compares Kubernetes' quantities. */
final class Amount {
  private Amount() {}

  /** Whether one is no more than another; not if one of them is no quantity. */
  static boolean isAtMost(String one, String other) {
    try {
      return new Quantity(one)
              .getNumericalAmount()
              .compareTo(new Quantity(other).getNumericalAmount())
          <= 0;
    } catch (IllegalArgumentException | ArithmeticException e) {
      return false;
    }
  }
}
