package dev.gatehouse.testkit;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/**
 * Where a fixture was given up because the machine lacks something, what closes it has nothing to
 * close, and what made it for a parameter has not failed either: that the test is skipped must not
 * become an error. JUnit finds this by {@code META-INF/services}.
 */
public final class AbortedFixtures
    implements LifecycleMethodExecutionExceptionHandler, TestExecutionExceptionHandler {
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

  @Override
  public void handleTestExecutionException(ExtensionContext test, Throwable thrown)
      throws Throwable {
    throw unwrapped(thrown);
  }

  private static Throwable noted(ExtensionContext test, Throwable thrown) {
    var unwrapped = unwrapped(thrown);
    if (unwrapped instanceof TestAbortedException) {
      test.getStore(NAMESPACE).put(TestAbortedException.class, unwrapped);
    }
    return unwrapped;
  }

  private static Throwable unwrapped(Throwable thrown) {
    return thrown instanceof ParameterResolutionException
        ? Stream.concat(Stream.ofNullable(thrown.getCause()), Arrays.stream(thrown.getSuppressed()))
            .filter(TestAbortedException.class::isInstance)
            .findFirst()
            .orElse(thrown)
        : thrown;
  }

  private static void throwUnlessNothingWasMade(ExtensionContext test, Throwable thrown)
      throws Throwable {
    if (!(thrown instanceof NullPointerException)
        || test.getStore(NAMESPACE).get(TestAbortedException.class) == null) {
      throw thrown;
    }
  }
}
