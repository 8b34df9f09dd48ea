package dev.gatehouse.frontdoor;

import dev.gatehouse.console.LiveSessions.LiveSession;
import dev.gatehouse.console.LiveSessions.OpenChannel;
import dev.gatehouse.frontdoor.login.Login;
import dev.gatehouse.relay.ConnectionStatus;
import dev.gatehouse.relay.RelayHandle;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.server.session.ServerSession;

/** One connection of somebody who has logged in. */
final class Connection {
  /** Between the proof and the first channel. */
  private static final ConnectionStatus NOTHING_YET = new ConnectionStatus(0, 0, List.of());

  private final long id;
  private final ServerSession session;
  private final Login login;
  private volatile boolean given;

  /**
   * @param id never used again
   */
  Connection(long id, ServerSession session, Login login) {
    this.id = id;
    this.session = session;
    this.login = login;
  }

  Login login() {
    return login;
  }

  /** Its workspace has been granted: from now on it can be lost. */
  void give() {
    given = true;
  }

  boolean isGiven() {
    return given;
  }

  boolean isOn(ServerSession other) {
    return session.equals(other);
  }

  LiveSession describe() {
    var status = relay().map(RelayHandle::status).orElse(NOTHING_YET);
    return new LiveSession(
        id,
        login.person(),
        login.name().toString(),
        login.name().target().toString(),
        login.from().getAddress(),
        login.from().getPort(),
        login.at(),
        login.proofs().stream().map(Object::toString).toList(),
        login.client(),
        status.bytesIn(),
        status.bytesOut(),
        status.channels().stream()
            .map(c -> new OpenChannel(c.type(), c.detail(), c.since()))
            .toList());
  }

  /** Answers how many terminals saw it. */
  int tell(String line) {
    return relay().map(r -> r.tell(line)).orElse(0);
  }

  /** Ends it, with a reason that its person sees. */
  void end(String reason) {
    relay().ifPresentOrElse(r -> r.end(reason), () -> session.close(true));
  }

  private Optional<RelayHandle> relay() {
    return Optional.ofNullable(session.getAttribute(RelayHandle.KEY));
  }
}
