package dev.gatehouse.clients;

import dev.gatehouse.testkit.LocalTarget;
import dev.gatehouse.testkit.TargetFixture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients that need the compatible profile: they know no encrypt-then-MAC, or no curve25519. */
class CompatibleGatewayIT {
  @RegisterExtension
  static final TargetFixture TARGET =
      TargetFixture.of(() -> LocalTarget.start("gateway: {port: 0, algorithms: compatible}"));

  @Nested
  class Libssh2 extends Libssh2Contract {}

  @Nested
  class NetSsh extends NetSshContract {}
}
