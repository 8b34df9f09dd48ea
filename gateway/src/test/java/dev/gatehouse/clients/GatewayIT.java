package dev.gatehouse.clients;

import dev.gatehouse.testkit.LocalTarget;
import dev.gatehouse.testkit.TargetFixture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The embedded default as a whole: the gateway and its local workspaces. */
class GatewayIT extends AllClients {
  @RegisterExtension
  static final TargetFixture TARGET =
      TargetFixture.of(() -> LocalTarget.start("gateway: {port: 0}"));

  @Nested
  class Signals extends SignalContract {}
}
