package dev.gatehouse.relay;

import org.apache.sshd.client.session.AbstractClientSession;
import org.apache.sshd.client.session.ClientConnectionService;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.util.buffer.Buffer;

/** The ssh-connection service towards the workspace's sshd. */
final class WorkspaceConnection extends ClientConnectionService {
  private final Relay relay;

  WorkspaceConnection(AbstractClientSession session, Relay relay) throws SshException {
    super(session);
    this.relay = relay;
  }

  @Override
  public void start() {
    super.start();
    relay.workspaceConnected(getSession());
  }

  @Override
  public void process(int message, Buffer in) throws Exception {
    if (ClientConnection.isConnectionProtocol(message)) {
      relay.fromWorkspace(message, in);
    } else {
      super.process(message, in);
    }
  }
}
