package dev.gatehouse.frontdoor.limits;

import dev.gatehouse.cluster.Limits;
import java.util.function.Supplier;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.ServerFactoryManager;
import org.apache.sshd.server.session.ServerSessionImpl;
import org.apache.sshd.server.session.SessionFactory;

/** Makes a {@link GatewaySession} of each connection. */
public final class GatewaySessions extends SessionFactory {
  private final Supplier<Limits> limits;
  private final ConnectionLimiter connectionLimiter;

  /**
   * @param limits those in force
   */
  public GatewaySessions(
      ServerFactoryManager server, Supplier<Limits> limits, ConnectionLimiter connectionLimiter) {
    super(server);
    this.limits = limits;
    this.connectionLimiter = connectionLimiter;
  }

  @Override
  protected ServerSessionImpl doCreateSession(IoSession io) throws Exception {
    setLimits(limits.get());
    return new GatewaySession(getServer(), io, connectionLimiter);
  }

  /** MINA's constructor reads them from the server, so they stand there before it runs. */
  private void setLimits(Limits now) {
    CoreModuleProperties.AUTH_TIMEOUT.set(getServer(), now.loginGraceTime());
    CoreModuleProperties.REKEY_BYTES_LIMIT.set(getServer(), now.rekeyLimit().bytes());
    CoreModuleProperties.REKEY_TIME_LIMIT.set(getServer(), now.rekeyLimit().time());
  }
}
