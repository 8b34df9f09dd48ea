package dev.gatehouse.relay;

import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.session.AbstractServerSession;
import org.apache.sshd.server.session.ServerConnectionService;

/** The ssh-connection service towards the client: all of RFC 4254 goes to the relay. */
final class ClientConnection extends ServerConnectionService {
  private final Relay relay;
  private boolean ended;

  ClientConnection(AbstractServerSession session, Relay relay) throws SshException {
    super(session);
    this.relay = relay;
  }

  @Override
  public void process(int message, Buffer in) throws Exception {
    if (ended) {
      return;
    }
    if (isConnectionProtocol(message)) {
      try {
        relay.fromClient(message, in);
      } catch (SshException e) {
        end(e);
      }
    } else {
      super.process(message, in);
    }
  }

  /**
   * MINA closes a connection whose message was refused at once, and what waits to be written is
   * lost with it: the reason too, if anything was before it.
   */
  private void end(SshException why) {
    ended = true;
    getSession().getIoSession().suspendRead();
    getSession().exceptionCaught(why);
  }

  /** RFC 4250, 4.1.2: 80 to 100 are in use; what is beyond is unknown to everybody. */
  static boolean isConnectionProtocol(int message) {
    return message >= SshConstants.SSH_MSG_GLOBAL_REQUEST
        && message <= SshConstants.SSH_MSG_CHANNEL_FAILURE;
  }
}
