package dev.gatehouse.testkit;

import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Has each test begin in no {@link LogScope} of another. JUnit finds it by META-INF/services. */
public final class LogScopeListener implements TestExecutionListener {
  @Override
  public void executionStarted(TestIdentifier test) {
    LogScope.forgetInherited();
  }
}
