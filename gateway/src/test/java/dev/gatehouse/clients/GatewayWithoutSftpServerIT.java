package dev.gatehouse.clients;

import dev.gatehouse.testkit.LocalTarget;
import dev.gatehouse.testkit.TargetFixture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/** File transfer with local workspaces on a machine that has no sftp-server. */
class GatewayWithoutSftpServerIT {
  @RegisterExtension
  static final TargetFixture TARGET =
      TargetFixture.of(() -> LocalTarget.startWithoutSftpServer("gateway: {port: 0}"));

  @Nested
  class Sftp extends SftpContract {}

  @Nested
  class Scp extends ScpContract {}

  @Nested
  class Sshfs extends SshfsContract {}

  @Nested
  class Paramiko extends ParamikoContract {}
}
