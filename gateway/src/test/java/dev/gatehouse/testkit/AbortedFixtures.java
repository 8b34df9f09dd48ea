package dev.gatehouse.testkit;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/**
 * Where a fixture was given up because the machine lacks something, what closes it has nothing to
 * close: that the test is skipped must not become an error. JUnit finds this by {@code
 * META-INF/services}.
 */
public final class AbortedFixtures implements LifecycleMethodExecutionExceptionHandler {
  private static final Namespace NAMESPACE = Namespace.create(AbortedFixtures.class);

  @Override
  public void handleBeforeAllMethodExecutionException(ExtensionContext test, Throwable thrown)
      throws Throwable {
    throw noted(test, thrown);
  }

  @Override
  public void handleBeforeEachMethodExecutionException(ExtensionContext test, Throwable thrown)
      throws Throwable {
    throw noted(test, thrown);
  }

  @Override
  public void handleAfterEachMethodExecutionException(ExtensionContext test, Throwable thrown)
      throws Throwable {
    throwUnlessNothingWasMade(test, thrown);
  }

  @Override
  public void handleAfterAllMethodExecutionException(ExtensionContext test, Throwable thrown)
      throws Throwable {
    throwUnlessNothingWasMade(test, thrown);
  }

  private static Throwable noted(ExtensionContext test, Throwable thrown) {
    if (thrown instanceof TestAbortedException) {
      test.getStore(NAMESPACE).put(TestAbortedException.class, thrown);
    }
    return thrown;
  }

  private static void throwUnlessNothingWasMade(ExtensionContext test, Throwable thrown)
      throws Throwable {
    if (!(thrown instanceof NullPointerException)
        || test.getStore(NAMESPACE).get(TestAbortedException.class) == null) {
      throw thrown;
    }
  }
}
