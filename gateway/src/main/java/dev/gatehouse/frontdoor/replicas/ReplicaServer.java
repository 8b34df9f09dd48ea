package dev.gatehouse.frontdoor.replicas;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.console.LiveSessions;
import dev.gatehouse.key.KeyFile;
import dev.gatehouse.key.SshPublicKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.channel.ChannelSessionFactory;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.server.session.ServerSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the other gateways, and nobody else: a port of its own, by SSH, with the gateways' host
 * keys. Who asks shows a certificate of the user CA, which only gateways have, for {@link
 * #PRINCIPAL}, which no person can be called and no workspace lets in.
 */
public final class ReplicaServer implements AutoCloseable {
  static final String PRINCIPAL = "@gatehouse";

  private static final Logger LOG = LoggerFactory.getLogger(ReplicaServer.class);
  private static final Duration LOGIN_TIME = Duration.ofSeconds(5);
  private static final Duration IDLE_TIME = Duration.ofSeconds(30);
  private static final int MAX_AUTH_TRIES = 2;
  private static final int IO_THREADS = 2;

  private final SshServer server = SshServer.setUpDefaultServer();
  private final LiveSessions own;
  private final SshPublicKey userCa;

  private ReplicaServer(LiveSessions own, SshPublicKey userCa) {
    this.own = own;
    this.userCa = userCa;
  }

  /**
   * Begins to listen.
   *
   * @param own the connections of this gateway
   * @param hostKeys those of all gateways
   */
  public static ReplicaServer start(
      InetSocketAddress address, LiveSessions own, KeyPairProvider hostKeys, SshPublicKey userCa)
      throws IOException {
    var started = new ReplicaServer(own, userCa);
    started.configure(address, hostKeys);
    started.server.start();
    return started;
  }

  public int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    try {
      server.stop(true);
    } catch (IOException e) {
      LOG.debug("it did not stop cleanly", e);
    }
  }

  private void configure(InetSocketAddress address, KeyPairProvider hostKeys) {
    server.setHost(address.getAddress().getHostAddress());
    server.setPort(address.getPort());
    server.setKeyPairProvider(hostKeys);
    server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
    server.setPublickeyAuthenticator(this::isGateway);
    server.setPasswordAuthenticator(null);
    server.setKeyboardInteractiveAuthenticator(null);
    server.setHostBasedAuthenticator(null);
    server.setChannelFactories(List.of(ChannelSessionFactory.INSTANCE));
    server.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
    server.setAgentFactory(null);
    server.setShellFactory(null);
    server.setSubsystemFactories(List.of());
    server.setCommandFactory((_, request) -> new Answer(request));
    server.setNioWorkers(IO_THREADS);
    CoreModuleProperties.AUTH_TIMEOUT.set(server, LOGIN_TIME);
    CoreModuleProperties.IDLE_TIMEOUT.set(server, IDLE_TIME);
    CoreModuleProperties.MAX_AUTH_REQUESTS.set(server, MAX_AUTH_TRIES);
    CoreModuleProperties.WELCOME_BANNER.set(server, "");
  }

  /** MINA has checked the certificate's signature, kind and times. */
  private boolean isGateway(String username, PublicKey key, ServerSession session) {
    var accepted =
        username.equals(PRINCIPAL)
            && key instanceof OpenSshCertificate certificate
            && KeyFile.publicKey(certificate.getCaPubKey()).equals(userCa)
            && List.of(PRINCIPAL).equals(List.copyOf(certificate.getPrincipals()));
    if (!accepted) {
      LOG.warn("[replica-refused] {} is no gateway", session.getRemoteAddress());
    }
    return accepted;
  }

  /** One request, answered on a thread of its own. */
  private final class Answer implements Command {
    private final String request;
    private OutputStream out = OutputStream.nullOutputStream();
    private ExitCallback exit = (_, _, _) -> {};

    Answer(String request) {
      this.request = request;
    }

    @Override
    public void setInputStream(InputStream in) {}

    @Override
    public void setOutputStream(OutputStream out) {
      this.out = out;
    }

    @Override
    public void setErrorStream(OutputStream err) {}

    @Override
    public void setExitCallback(ExitCallback exit) {
      this.exit = exit;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) {
      Thread.ofVirtual().name("replica-answer").start(this::run);
    }

    @Override
    public void destroy(ChannelSession channel) {}

    private void run() {
      try {
        out.write(Request.parse(request).answer(own).toString().getBytes(UTF_8));
        out.flush();
        exit.onExit(0);
      } catch (IOException | RuntimeException e) {
        LOG.warn("[replica-broken] a request of another gateway could not be answered", e);
        exit.onExit(1);
      }
    }
  }
}
