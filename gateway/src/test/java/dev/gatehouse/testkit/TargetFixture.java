package dev.gatehouse.testkit;

import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.TestAbortedException;

/**
 * Gives each test of a file a {@link Laptop} in front of one {@link SshTarget}, which is started by
 * the first test that asks and closed after the last test of the outermost class.
 */
public final class TargetFixture implements ParameterResolver, AfterTestExecutionCallback {
  private static final Namespace NAMESPACE = Namespace.create(TargetFixture.class);

  private static final int LOG_END = 4000;

  private final Supplier<? extends SshTarget> start;

  private TargetFixture(Supplier<? extends SshTarget> start) {
    this.start = start;
  }

  public static TargetFixture of(Supplier<? extends SshTarget> start) {
    return new TargetFixture(start);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == Laptop.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    return test.getStore(NAMESPACE)
        .computeIfAbsent(Laptop.class, _ -> new Laptop(target(test)), Laptop.class);
  }

  @Override
  public void afterTestExecution(ExtensionContext test) {
    var failure = test.getExecutionException();
    if (failure.isPresent() && !(failure.get() instanceof TestAbortedException)) {
      var log = target(test).log();
      var end = log.substring(Math.max(0, log.length() - LOG_END));
      System.err.println(test.getUniqueId() + " failed. The end of the target's log:\n" + end);
    }
  }

  private SshTarget target(ExtensionContext test) {
    return outermostClass(test)
        .getStore(NAMESPACE)
        .computeIfAbsent(SshTarget.class, _ -> start.get(), SshTarget.class);
  }

  private static ExtensionContext outermostClass(ExtensionContext test) {
    var outermost = test;
    for (var parent = test.getParent();
        parent.isPresent() && parent.get().getTestClass().isPresent();
        parent = parent.get().getParent()) {
      outermost = parent.get();
    }
    return outermost;
  }
}
