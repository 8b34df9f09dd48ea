package dev.gatehouse.operation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import dev.gatehouse.console.LogLevels.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

@Isolated("it changes the log level of all")
final class LogbackLevelsTest {
  private final Logger gateway = (Logger) LoggerFactory.getLogger("dev.gatehouse");
  private final ch.qos.logback.classic.Level before = gateway.getLevel();
  private final LogbackLevels levels = new LogbackLevels();

  @AfterEach
  void restore() {
    gateway.setLevel(before);
  }

  @ParameterizedTest
  @EnumSource
  void set_each_isInForce(Level level) {
    levels.set(level);
    assertThat(levels.level()).isEqualTo(level);
    var some = LoggerFactory.getLogger("dev.gatehouse.frontdoor.FrontDoor");
    assertThat(some.isErrorEnabled()).isTrue();
    assertThat(some.isWarnEnabled()).isEqualTo(level.compareTo(Level.WARN) <= 0);
    assertThat(some.isDebugEnabled()).isEqualTo(level == Level.DEBUG);
  }

  @Test
  void level_neverSet_isThatOfTheRoot() {
    gateway.setLevel(null);
    assertThat(levels.level().name())
        .isEqualTo(
            ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).getLevel().toString());
  }

  /** An administrator who turns the log down must not be able to hide what they do. */
  @Test
  void config_ofTheGateway_keepsTheAuditLog() {
    var context = new LoggerContext();
    LogConfiguration.apply(context);
    context.getLogger("dev.gatehouse").setLevel(ch.qos.logback.classic.Level.ERROR);
    assertThat(context.getLogger("dev.gatehouse.audit").isInfoEnabled()).isTrue();
    context.stop();
  }
}
