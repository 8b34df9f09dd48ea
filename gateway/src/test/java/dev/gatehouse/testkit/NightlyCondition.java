package dev.gatehouse.testkit;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Leaves out what is {@link Nightly}, unless the profile of that name is on. */
final class NightlyCondition implements ExecutionCondition {
  private static final boolean ON = Boolean.getBoolean("gatehouse.nightly");
  private static final String COMMAND = "./mvnw -Pnightly verify";

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext test) {
    if (ON) {
      return ConditionEvaluationResult.enabled("it is night");
    }
    SkippedTests.note(test.getRequiredTestClass().getSimpleName(), COMMAND);
    return ConditionEvaluationResult.disabled(COMMAND + " runs it");
  }
}
