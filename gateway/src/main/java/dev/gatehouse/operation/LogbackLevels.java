package dev.gatehouse.operation;

import ch.qos.logback.classic.Logger;
import dev.gatehouse.console.LogLevels;
import org.slf4j.LoggerFactory;

/** The log level of Gatehouse's own packages, in Logback. */
public final class LogbackLevels implements LogLevels {
  private static final Logger OURS = (Logger) LoggerFactory.getLogger("dev.gatehouse");

  @Override
  public Level level() {
    var level = OURS.getEffectiveLevel();
    return level.isGreaterOrEqual(ch.qos.logback.classic.Level.ERROR)
        ? Level.ERROR
        : level.isGreaterOrEqual(ch.qos.logback.classic.Level.WARN)
            ? Level.WARN
            : level.isGreaterOrEqual(ch.qos.logback.classic.Level.INFO) ? Level.INFO : Level.DEBUG;
  }

  @Override
  public void set(Level level) {
    OURS.setLevel(ch.qos.logback.classic.Level.toLevel(level.name()));
  }
}
