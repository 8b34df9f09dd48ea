package dev.gatehouse.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.LogLines;
import dev.gatehouse.testkit.People;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.StagedGateway;
import java.time.Duration;

/** A gateway to be attacked, which must come out of it unharmed. */
final class Victim implements AutoCloseable {
  private final LogLines log = LogLines.ofGateway();
  private final StagedGateway gateway;
  private int honest;

  private Victim(String definition) {
    gateway = StagedGateway.start(definition, People.of("alice"));
  }

  static Victim start() {
    return start("gateway: {port: 0}");
  }

  static Victim start(String definition) {
    return new Victim(definition);
  }

  StagedGateway gateway() {
    return gateway;
  }

  int port() {
    return gateway.port();
  }

  LogLines log() {
    return log;
  }

  /** Nobody has got in; and alice gets in, at once. */
  void assertUnharmed() {
    assertThat(log.all()).filteredOn(line -> line.startsWith("[login]")).hasSize(honest);
    var began = System.nanoTime();
    try (var _ = RawClient.login(gateway)) {
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
    }
    honest++;
    gateway.awaitNobody();
  }

  @Override
  public void close() {
    log.close();
    gateway.close();
  }
}
