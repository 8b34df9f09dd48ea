package dev.gatehouse.frontdoor.login;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.People;
import dev.gatehouse.testkit.StagedGateway;
import dev.gatehouse.testkit.TargetFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Options in front of a key in the directory decide whether it opens. */
@Execution(ExecutionMode.SAME_THREAD)
class KeyConditionsIT {
  private static StagedGateway gateway;

  @RegisterExtension
  static final TargetFixture TARGET =
      TargetFixture.of(
          () -> {
            gateway = StagedGateway.start("gateway: {port: 0}", People.of("alice"));
            return gateway;
          });

  private static int exit(Laptop laptop, String... options) {
    var key = gateway.people().publicKey("alice");
    gateway
        .people()
        .setKeys(
            "alice",
            java.util.stream.Stream.of(options)
                .map(o -> (o + " " + key).strip())
                .toArray(String[]::new));
    return laptop.openssh(HOST, "gate whoami").run().exit();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "from=\"127.0.0.1\"",
        "from=\"127.0.0.0/8,!127.0.0.2\"",
        "from=\"127.*\"",
        "expiry-time=\"29991231\""
      })
  void key_conditionIsMet_opens(String options, Laptop laptop) {
    assertThat(exit(laptop, options)).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "from=\"10.0.0.0/8\"",
        "from=\"127.0.0.0/8,!127.0.0.1\"",
        "from=\"localhost\"", // names are not looked up
        "from=\"!10.0.0.1\"",
        "expiry-time=\"20200101\"",
        "from=\"127.0.0.1\",expiry-time=\"20200101\""
      })
  void key_conditionIsNotMet_isRefused(String options, Laptop laptop) {
    assertThat(exit(laptop, options)).isEqualTo(255);
  }

  @Test
  void key_withAForcedConsoleCommand_runsThat(Laptop laptop) {
    var key = gateway.people().publicKey("alice");
    gateway.people().setKeys("alice", "command=\"gate whoami\" " + key);
    assertThat(laptop.ssh("gate status").ok().stdout()).contains("user\talice");
    assertThat(laptop.openssh(HOST).run().ok().stdout()).contains("user\talice");
    gateway.people().setKeys("alice", "command=\"echo only this\" " + key);
    assertThat(laptop.ssh("gate whoami").ok().stdout()).isEqualTo("only this\n");
  }
}
