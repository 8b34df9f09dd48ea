package dev.gatehouse.frontdoor.login;

import dev.gatehouse.failure.Failure;
import java.util.Optional;
import org.apache.sshd.server.session.ServerSession;

/** What the front door makes of logins. Nothing here may block. */
public interface AuthenticationListener {
  /** Somebody has asked to log in. */
  void tried(ServerSession session);

  /** Something that was offered was refused. */
  void failed(ServerSession session);

  /** The login ended because something that it needs could not be had. */
  void failed(Failure why);

  /** Takes somebody in who has proven who they are; or says why not all the same. */
  Optional<Failure.Denied> admit(ServerSession session, Login login);
}
