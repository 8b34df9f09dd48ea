package dev.gatehouse.relay;

import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.session.AbstractServerSession;
import org.apache.sshd.server.session.ServerConnectionService;

/** The ssh-connection service towards the client: all of RFC 4254 goes to the relay. */
final class ClientConnection extends ServerConnectionService {
  private final Relay relay;

  ClientConnection(AbstractServerSession session, Relay relay) throws SshException {
    super(session);
    this.relay = relay;
  }

  @Override
  public void process(int message, Buffer in) throws Exception {
    if (isConnectionProtocol(message)) {
      relay.fromClient(message, in);
    } else {
      super.process(message, in);
    }
  }

  /** RFC 4250, 4.1.2: 80 to 100 are in use; what is beyond is unknown to everybody. */
  static boolean isConnectionProtocol(int message) {
    return message >= SshConstants.SSH_MSG_GLOBAL_REQUEST
        && message <= SshConstants.SSH_MSG_CHANNEL_FAILURE;
  }
}
