package dev.gatehouse.clients;

import dev.gatehouse.testkit.PlainSshd;
import dev.gatehouse.testkit.TargetFixture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The oracle: Debian's sshd itself keeps every contract, so the contracts ask what is real. */
class PlainSshdIT extends AllClients {
  @RegisterExtension static final TargetFixture TARGET = TargetFixture.of(PlainSshd::start);

  @Nested
  class Libssh2 extends Libssh2Contract {}

  @Nested
  class NetSsh extends NetSshContract {}

  @Nested
  class Signals extends SignalContract {}
}
