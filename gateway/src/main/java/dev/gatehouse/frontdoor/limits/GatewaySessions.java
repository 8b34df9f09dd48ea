package dev.gatehouse.frontdoor.limits;

import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.server.ServerFactoryManager;
import org.apache.sshd.server.session.ServerSessionImpl;
import org.apache.sshd.server.session.SessionFactory;

/** Makes a {@link GatewaySession} of each connection. */
public final class GatewaySessions extends SessionFactory {
  private final Doorman doorman;

  public GatewaySessions(ServerFactoryManager server, Doorman doorman) {
    super(server);
    this.doorman = doorman;
  }

  @Override
  protected ServerSessionImpl doCreateSession(IoSession io) throws Exception {
    return new GatewaySession(getServer(), io, doorman);
  }
}
