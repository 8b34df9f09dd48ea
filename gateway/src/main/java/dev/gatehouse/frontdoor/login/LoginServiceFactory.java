package dev.gatehouse.frontdoor.login;

import org.apache.sshd.common.ServiceFactory;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.server.session.AbstractServerSession;

/** Makes the ssh-userauth service of each connection. */
public record LoginServiceFactory(LoginContext context) implements ServiceFactory {
  @Override
  public String getName() {
    return "ssh-userauth";
  }

  @Override
  public LoginService create(Session session) {
    return new LoginService((AbstractServerSession) session, context);
  }
}
