package dev.gatehouse.frontdoor;

import dev.gatehouse.console.LiveSessions.LiveSession;
import dev.gatehouse.frontdoor.login.Login;
import java.util.List;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.server.session.ServerSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of somebody who has logged in.
 *
 * @param id never used again
 */
record Connection(long id, ServerSession session, Login login) {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  LiveSession describe() {
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
        0,
        0,
        List.of());
  }

  int say(String line) {
    return 0;
  }

  /** Ends it, with a reason that its person sees. */
  void end(String reason) {
    try {
      session.disconnect(SshConstants.SSH2_DISCONNECT_BY_APPLICATION, "gatehouse: " + reason);
    } catch (Exception e) {
      LOG.debug("the client has gone already", e);
      session.close(true);
    }
  }
}
