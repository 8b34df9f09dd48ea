package dev.gatehouse.clients;

import dev.gatehouse.testkit.GatewayTarget;
import dev.gatehouse.testkit.SshdWorkspaces;
import dev.gatehouse.testkit.TargetFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The relay against Debian's sshd as workspace: what a client sees is what that sshd does. */
class GatewayToSshdIT extends AllClients {
  @RegisterExtension
  static final TargetFixture TARGET =
      TargetFixture.of(
          () ->
              GatewayTarget.start(
                  "gateway: {port: 0}",
                  Path.of(System.getProperty("user.home")),
                  SshdWorkspaces::new));
}
