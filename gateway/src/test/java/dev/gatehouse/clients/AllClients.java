package dev.gatehouse.clients;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Every contract that holds for every target: a class for a target says only what the target is.
 */
@Execution(ExecutionMode.CONCURRENT)
abstract class AllClients {
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
  class SftpServer extends SftpServerContract {}

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
  class NodeSsh2 extends NodeSsh2Contract {}

  @Nested
  class IdeBootstrap extends IdeBootstrapContract {}

  @Nested
  class Cloud9 extends Cloud9Contract {}
}
