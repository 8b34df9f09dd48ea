package dev.gatehouse.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.LogLines;
import dev.gatehouse.testkit.People;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.RawKey;
import dev.gatehouse.testkit.StagedGateway;
import java.time.Duration;

/**
 * A gateway to be attacked, which must come out of it unharmed. Whoever neither logs in nor is
 * thrown out before is so after {@link #GRACE}.
 */
final class Victim implements AutoCloseable {
  static final Duration GRACE = Duration.ofSeconds(2);

  private final RawKey key = new RawKey();
  private final StagedGateway gateway;
  private final LogLines log;

  private Victim(String definition) {
    gateway = StagedGateway.start(definition, People.of("alice").add("mallory", key.publicKey()));
    log = gateway.logged();
  }

  static Victim start() {
    return start("");
  }

  /**
   * @param limits more keys of {@code limits}, a comma before each
   */
  static Victim start(String limits) {
    return new Victim(
        "{gateway: {port: 0}, limits: {loginGraceTime: %ds%s}}"
            .formatted(GRACE.toSeconds(), limits));
  }

  /** That of mallory, who may log in as herself. */
  RawKey key() {
    return key;
  }

  int port() {
    return gateway.port();
  }

  StagedGateway gateway() {
    return gateway;
  }

  LogLines log() {
    return log;
  }

  /** Nobody has got in; and alice gets in. */
  void assertUnharmed() {
    assertThat(log.all()).noneMatch(line -> line.startsWith("[login]"));
    assertThat(gateway.connections()).isZero();
    assertServes();
  }

  /** Alice gets in. */
  void assertServes() {
    RawClient.login(gateway).close();
  }

  @Override
  public void close() {
    log.close();
    gateway.close();
  }
}
