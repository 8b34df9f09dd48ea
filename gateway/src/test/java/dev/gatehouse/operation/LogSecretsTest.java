package dev.gatehouse.operation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import dev.gatehouse.testkit.aws.AwsServer;
import dev.gatehouse.testkit.aws.FakeEks;
import dev.gatehouse.testkit.aws.FakeSts;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/**
 * An administrator sets GATEHOUSE_LOG to TRACE and pastes what the operator logs into an issue.
 * With it went the token of the operator's session with AWS: the SDK logs its requests.
 */
@Isolated // it changes what the process logs
final class LogSecretsTest {
  private static final Logger SDK = (Logger) LoggerFactory.getLogger("software.amazon.awssdk");

  @Test
  void sdkAtTrace_call_logsTheTokenOfTheSession() {
    assertThat(loggedAtTrace(_ -> SDK.setLevel(Level.TRACE))).contains(AwsServer.SESSION_TOKEN);
  }

  @Test
  void gatehouseAtTrace_call_logsNoSecret() {
    assertThat(loggedAtTrace(LogConfiguration::apply))
        .doesNotContain(AwsServer.SESSION_TOKEN, AwsServer.SECRET, "AWS4-HMAC-SHA256");
  }

  /** What a call of AWS logs if the root logger lets all through. */
  private static String loggedAtTrace(Consumer<LoggerContext> configuration) {
    var logs = (LoggerContext) LoggerFactory.getILoggerFactory();
    var root = logs.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    var before = root.getLevel();
    var sdkBefore = SDK.getLevel();
    var appenders = new ArrayList<Appender<ILoggingEvent>>();
    root.iteratorForAppenders().forEachRemaining(appenders::add);
    var events = new ListAppender<ILoggingEvent>();
    events.start();
    try {
      configuration.accept(logs);
      root.detachAndStopAllAppenders();
      root.addAppender(events);
      root.setLevel(Level.TRACE);
      call();
    } finally {
      root.detachAppender(events);
      root.setLevel(before);
      SDK.setLevel(sdkBefore);
      appenders.forEach(
          appender -> {
            appender.start();
            root.addAppender(appender);
          });
    }
    return events.list.stream()
        .map(ILoggingEvent::getFormattedMessage)
        .reduce("", (a, b) -> a + '\n' + b);
  }

  private static void call() {
    try (var server = AwsServer.start(new FakeSts(), new FakeEks("lab"));
        var aws = server.aws(Optional.of(FakeSts.ACCOUNT))) {
      aws.eks().listNodegroups(r -> r.clusterName("lab"));
    }
  }
}
