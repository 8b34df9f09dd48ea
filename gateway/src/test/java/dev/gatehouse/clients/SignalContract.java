package dev.gatehouse.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Programs;
import org.junit.jupiter.api.Test;

/** The {@code signal} request (RFC 4254, 6.9), which asyncssh sends and OpenSSH's client never. */
abstract class SignalContract {
  @Test
  void signal_isSent_commandGetsIt(Laptop laptop) {
    // "session signalling requires privilege separation", which a session of root has not.
    Programs.skipUnless(
        !laptop.target().login().equals("root"),
        "sshd delivers no signals to sessions of root",
        "./mvnw verify as an ordinary user");
    assertThat(Scripts.python(laptop, "asyncssh", "interrupt").run().ok().stdout())
        .isEqualTo("hit 3\n");
  }
}
