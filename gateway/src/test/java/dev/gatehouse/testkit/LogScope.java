package dev.gatehouse.testkit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Tells apart what several gateways log in one process. A scope is entered by a thread, and threads
 * inherit it from the thread that starts them: so all of a gateway's threads are in the scope in
 * which it was started. A scope that is made inside another also logs to the outer one.
 */
final class LogScope {
  private static final InheritableThreadLocal<@Nullable LogScope> CURRENT =
      new InheritableThreadLocal<>();

  static {
    install();
  }

  /** The thread that entered it, as opposed to those that have inherited it. */
  private final Thread owner = Thread.currentThread();

  private final @Nullable LogScope outer = CURRENT.get();
  private final List<LogLines> listeners = new CopyOnWriteArrayList<>();

  /** Makes a scope and enters it; {@link #leave} undoes that, by the same thread. */
  static LogScope enter() {
    var scope = new LogScope();
    CURRENT.set(scope);
    return scope;
  }

  /** Runs this in the scope; threads that it starts stay in there. */
  <T> T call(Supplier<T> work) {
    var before = CURRENT.get();
    CURRENT.set(this);
    try {
      return work.get();
    } finally {
      CURRENT.set(before);
    }
  }

  void leave() {
    CURRENT.set(outer);
  }

  /**
   * JUnit's workers are started by each other, in the middle of tests: this frees one from the
   * scope of a test that is not its own.
   */
  static void forgetInherited() {
    var scope = CURRENT.get();
    if (scope != null && !scope.owner.equals(Thread.currentThread())) {
      CURRENT.remove();
    }
  }

  void add(LogLines lines) {
    listeners.add(lines);
  }

  void remove(LogLines lines) {
    listeners.remove(lines);
  }

  private static void install() {
    var logger = (Logger) LoggerFactory.getLogger("dev.gatehouse");
    var appender = new Appender();
    appender.start();
    logger.addAppender(appender);
    logger.setLevel(Level.INFO);
    // What is worth the console is passed on to it.
    logger.setAdditive(false);
  }

  private static final class Appender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    @Override
    protected void append(ILoggingEvent event) {
      var heard = false;
      for (var scope = CURRENT.get(); scope != null; scope = scope.outer) {
        for (var lines : scope.listeners) {
          lines.add(event.getFormattedMessage());
          heard = true;
        }
      }
      if (!heard && event.getLevel().isGreaterOrEqual(root.getEffectiveLevel())) {
        root.callAppenders(event);
      }
    }
  }
}
