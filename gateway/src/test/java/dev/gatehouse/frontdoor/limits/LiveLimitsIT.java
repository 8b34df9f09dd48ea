package dev.gatehouse.frontdoor.limits;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.People;
import dev.gatehouse.testkit.RawSsh;
import dev.gatehouse.testkit.StagedGateway;
import dev.gatehouse.testkit.TargetFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What is said of connections holds for the next one, without a restart. */
@Execution(ExecutionMode.SAME_THREAD)
class LiveLimitsIT {
  private static final String DEFINITION =
      """
      gateway: {port: 0}
      """;
  private static StagedGateway gateway;

  @RegisterExtension
  static final TargetFixture TARGET =
      TargetFixture.of(
          () -> {
            gateway = StagedGateway.start(DEFINITION, People.of("alice"));
            return gateway;
          });

  @AfterEach
  void restore() {
    gateway.redefine(DEFINITION);
  }

  @Test
  void loginGraceTime_isChanged_holdsForTheNextConnection(Laptop laptop) {
    laptop.ssh("true").ok();
    gateway.redefine(DEFINITION + "limits: {loginGraceTime: 1s}");
    try (var silent = RawSsh.identified(gateway.port())) {
      silent.awaitEnd();
    }
    assertThat(laptop.ssh("exit 3").exit()).isEqualTo(3);
  }

  @Test
  void rekeyLimit_isChanged_holdsForTheNextConnection(Laptop laptop) {
    assertThat(exchanges(laptop)).isEqualTo(1);
    gateway.redefine(DEFINITION + "limits: {rekeyLimit: {bytes: 1M}}");
    assertThat(exchanges(laptop)).isGreaterThan(1);
  }

  private static int exchanges(Laptop laptop) {
    var log = laptop.openssh("-v", HOST, "head -c 4000000 /dev/zero").run().ok().stderr();
    return log.split("SSH2_MSG_KEXINIT received", -1).length - 1;
  }
}
