package dev.gatehouse.frontdoor.limits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RekeyBudgetTest {
  private static final long SECOND = 1_000_000_000L;
  private final RekeyBudget budget = new RekeyBudget(0);

  @Test
  void take_withoutData_isAllowedSomeTimes() {
    for (var i = 0; i < RekeyBudget.BURST; i++) {
      assertThat(budget.take(1000, 0)).isTrue();
    }
    assertThat(budget.take(1000, 0)).isFalse();
    assertThat(budget.take(1000, 2 * SECOND)).isTrue();
  }

  /** As OpenSSH with a small RekeyLimit. */
  @Test
  void take_withData_isAlwaysAllowed() {
    for (var i = 0; i < 1000; i++) {
      assertThat(budget.take(RekeyBudget.EARNED_BYTES, 0)).isTrue();
    }
  }
}
