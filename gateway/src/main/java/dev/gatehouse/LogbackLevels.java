package dev.gatehouse;

import dev.gatehouse.console.LogLevels;

/** The log level of Gatehouse's own packages, in Logback. */
final class LogbackLevels implements LogLevels {
  @Override
  public Level level() {
    throw new UnsupportedOperationException("skeleton");
  }

  @Override
  public void set(Level level) {
    throw new UnsupportedOperationException("skeleton");
  }
}
