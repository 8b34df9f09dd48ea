package dev.gatehouse.console;

/** How much the gateway writes to its log, until it is restarted. */
public interface LogLevels {
  /** In the order of more to less. */
  enum Level {
    DEBUG,
    INFO,
    WARN,
    ERROR
  }

  Level level();

  void set(Level level);
}
