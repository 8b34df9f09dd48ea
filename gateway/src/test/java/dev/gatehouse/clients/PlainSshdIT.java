package dev.gatehouse.clients;

import dev.gatehouse.testkit.PlainSshd;
import dev.gatehouse.testkit.TargetFixture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The oracle: Debian's sshd itself keeps every contract, so the contracts ask what is real. */
class PlainSshdIT {
  @RegisterExtension static final TargetFixture TARGET = TargetFixture.of(PlainSshd::start);

  @Nested
  class Exec extends OpenSshExecContract {}

  @Nested
  class Pty extends OpenSshPtyContract {}

  @Nested
  class Forwarding extends ForwardingContract {}

  @Nested
  class UnixSockets extends UnixSocketForwardingContract {}

  @Nested
  class Agent extends AgentContract {}

  @Nested
  class X11 extends X11Contract {}

  @Nested
  class ControlMaster extends ControlMasterContract {}

  @Nested
  class Algorithms extends AlgorithmsContract {}

  @Nested
  class Bulk extends BulkContract {}

  @Nested
  class Scp extends ScpContract {}

  @Nested
  class Sftp extends SftpContract {}

  @Nested
  class Rsync extends RsyncContract {}

  @Nested
  class Git extends GitContract {}

  @Nested
  class Sshfs extends SshfsContract {}

  @Nested
  class Dropbear extends DropbearContract {}

  @Nested
  class Putty extends PuttyContract {}

  @Nested
  class Paramiko extends ParamikoContract {}

  @Nested
  class Asyncssh extends AsyncsshContract {}

  @Nested
  class Signals extends SignalContract {}

  @Nested
  class Libssh2 extends Libssh2Contract {}

  @Nested
  class NodeSsh2 extends NodeSsh2Contract {}

  @Nested
  class IdeBootstrap extends IdeBootstrapContract {}

  @Nested
  class Cloud9 extends Cloud9Contract {}
}
