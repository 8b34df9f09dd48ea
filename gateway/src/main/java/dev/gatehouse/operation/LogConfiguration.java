package dev.gatehouse.operation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;

/**
 * What is logged, and how: one line an event on stderr; the code in brackets is listed in
 * docs/codes.md. Logback finds this as a service, and {@code -Dlogback.configurationFile=FILE} sets
 * it aside. It is no XML because the parsing of that took a fifth of a second of each start.
 */
public final class LogConfiguration extends ContextAwareBase implements Configurator {
  private static final String FILE = "logback.configurationFile";
  private static final String PATTERN =
      "%d{HH:mm:ss.SSS} %-5level %replace(%msg){'[\\p{Cntrl}]+', ' '} [%thread]%n%ex{8}";

  /**
   * MINA formats DEBUG messages even when nobody reads them. The others are parts of it that we
   * extend: what they log is the library's, with texts from outside in it.
   */
  private static final List<String> MINA =
      List.of(
          "org.apache.sshd",
          "dev.gatehouse.frontdoor.limits.GatewaySession",
          "dev.gatehouse.frontdoor.login.LoginService",
          "dev.gatehouse.relay.ClientConnection",
          "dev.gatehouse.relay.WorkspaceConnection",
          "dev.gatehouse.relay.WorkspaceSession");

  /**
   * AWS' SDK logs each request at DEBUG, with its headers: whoever reads the token of a session
   * there can use it. So there is no variable for it.
   */
  private static final String AWS_SDK = "software.amazon.awssdk";

  /** For Logback. */
  public LogConfiguration() {}

  @Override
  public ExecutionStatus configure(LoggerContext logs) {
    if (System.getProperty(FILE) != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    apply(logs);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  static void apply(LoggerContext logs) {
    var root = logs.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(level("GATEHOUSE_LOG", Level.INFO));
    root.addAppender(stderr(logs));
    // Who changed what: gate log level does not silence it.
    logs.getLogger("dev.gatehouse.audit").setLevel(Level.INFO);
    logs.getLogger(AWS_SDK).setLevel(Level.WARN);
    MINA.forEach(name -> logs.getLogger(name).setLevel(level("GATEHOUSE_MINA_LOG", Level.ERROR)));
  }

  private static ConsoleAppender<ILoggingEvent> stderr(LoggerContext logs) {
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(logs);
    encoder.setPattern(PATTERN);
    encoder.start();
    var stderr = new ConsoleAppender<ILoggingEvent>();
    stderr.setContext(logs);
    stderr.setName("STDERR");
    stderr.setTarget("System.err");
    stderr.setEncoder(encoder);
    stderr.start();
    return stderr;
  }

  /** A system property, or a variable of the environment. */
  private static Level level(String name, Level usual) {
    var text = Optional.ofNullable(System.getProperty(name)).orElseGet(() -> System.getenv(name));
    return Level.toLevel(Objects.requireNonNullElse(text, usual.levelStr), usual);
  }
}
