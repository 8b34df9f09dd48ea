package dev.gatehouse.relay;

import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.sshd.common.Service;
import org.apache.sshd.common.ServiceFactory;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.server.session.AbstractServerSession;
import org.apache.sshd.server.session.ServerSession;

/**
 * The ssh-connection service of the front door: makes a relay for each connection that logged in.
 */
public final class RelayFactory implements ServiceFactory {
  private final Dialer dialer;
  private final HostKeyProofs hostKeys;
  private final Function<ServerSession, Destination> destinations;
  private final Consumer<ServerSession> started;

  /**
   * @param destinations what a connection may reach, asked once when its person has logged in; it
   *     must not block
   * @param started is told when its {@link RelayHandle} is there; must not block
   */
  public RelayFactory(
      Dialer dialer,
      HostKeyProofs hostKeys,
      Function<ServerSession, Destination> destinations,
      Consumer<ServerSession> started) {
    this.started = started;
    this.dialer = dialer;
    this.hostKeys = hostKeys;
    this.destinations = destinations;
  }

  @Override
  public String getName() {
    return "ssh-connection";
  }

  @Override
  public Service create(Session session) throws SshException {
    var server = (AbstractServerSession) session;
    var relay = new Relay(server, destinations.apply(server), dialer.connections(), hostKeys);
    server.setAttribute(RelayHandle.KEY, relay);
    server.addCloseFutureListener(closed -> relay.clientClosed());
    started.accept(server);
    relay.start();
    return new ClientConnection(server, relay);
  }
}
