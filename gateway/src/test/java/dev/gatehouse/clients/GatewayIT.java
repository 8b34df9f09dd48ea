package dev.gatehouse.clients;

import dev.gatehouse.testkit.LocalTarget;
import dev.gatehouse.testkit.TargetFixture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The embedded default as a whole: the gateway and its local workspaces. */
class GatewayIT {
  @RegisterExtension
  static final TargetFixture TARGET =
      TargetFixture.of(() -> LocalTarget.start("gateway: {port: 0}"));

  @Nested
  class Exec extends OpenSshExecContract {}

  @Nested
  class Pty extends OpenSshPtyContract {}

  @Nested
  class Forwarding extends ForwardingContract {}

  @Nested
  class UnixSockets extends UnixSocketForwardingContract {}
}
