package dev.gatehouse.relay;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.key.KeyFile;
import dev.gatehouse.service.WorkspaceLink;
import dev.gatehouse.service.WorkspaceLinks;
import dev.gatehouse.transport.Ciphers;
import dev.gatehouse.transport.EventLoops;
import dev.gatehouse.workspace.Endpoint;
import java.io.IOException;
import java.net.SocketAddress;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.future.ConnectFuture;
import org.apache.sshd.client.session.AbstractClientSession;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.client.session.ClientSessionImpl;
import org.apache.sshd.client.session.ClientUserAuthServiceFactory;
import org.apache.sshd.client.session.SessionFactory;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.Service;
import org.apache.sshd.common.ServiceFactory;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.core.CoreModuleProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects to the sshd of a workspace, as the person, and believes no host key but the pinned one.
 */
public final class Dialer implements WorkspaceLinks, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Dialer.class);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration LOGIN_TIMEOUT = Duration.ofSeconds(20);

  /** In a workspace, one costs a process of 1 to 2 MB; here, some 60 KB. */
  private static final int MOST_SPARES = 256;

  private static final AttributeKey<Call> CALL = new AttributeKey<>();

  /** RFC 4253 names; cheap ones first, since both ends are inside the cluster. */
  private static final List<String> KEY_EXCHANGES =
      List.of("curve25519-sha256", "curve25519-sha256@libssh.org", "mlkem768x25519-sha256");

  private static final List<String> CIPHERS =
      List.of("aes128-gcm@openssh.com", "aes256-gcm@openssh.com", "aes128-ctr");

  private final SshClient client;
  private final UserCa ca;
  private final WarmConnections<WorkspaceConnection> connections =
      new WarmConnections<>(this::dial, this::schedule, System::nanoTime, MOST_SPARES);

  /** One login, and what it becomes. */
  private record Call(Endpoint endpoint, CompletableFuture<WorkspaceConnection> result) {}

  public Dialer(UserCa ca) {
    this.ca = ca;
    this.client = newClient();
    client.start();
  }

  /** Those that this makes, each as long as somebody uses it or may yet. */
  WarmConnections<WorkspaceConnection> connections() {
    return connections;
  }

  @Override
  public WorkspaceLink open(Endpoint endpoint, Duration limit) {
    try {
      return new SshLink(connections.take(endpoint).toCompletableFuture().join(), limit);
    } catch (CompletionException e) {
      throw e.getCause() instanceof FailureException why
          ? new FailureException(why.failure(), why)
          : unreachable(endpoint, e);
    }
  }

  /** How many are kept for the next session. */
  public int spares() {
    return connections.count();
  }

  private SshClient newClient() {
    var client = SshClient.setUpDefaultClient();
    Transport.configure(client);
    client.setIoServiceFactoryFactory(new EventLoops("workspaces"));
    CoreModuleProperties.CLIENT_IDENTIFICATION.set(client, Transport.IDENTIFICATION);
    CoreModuleProperties.IO_CONNECT_TIMEOUT.set(client, CONNECT_TIMEOUT);
    CoreModuleProperties.AUTH_TIMEOUT.set(client, LOGIN_TIMEOUT);
    client.setKeyExchangeFactories(Transport.pick(client.getKeyExchangeFactories(), KEY_EXCHANGES));
    client.setCipherFactories(
        Transport.pick(Ciphers.replaceIn(client.getCipherFactories()), CIPHERS));
    client.setCompressionFactoriesNames("none");
    client.setSessionFactory(new WorkspaceSessions(client));
    // The defaults read the gateway's own ~/.ssh and its agent.
    client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    client.setAgentFactory(null);
    // A workspace opens nothing on a connection of the gateway's own.
    client.setChannelFactories(List.of());
    client.setUserAuthFactoriesNames("publickey");
    client.setServerKeyVerifier(Dialer::isPinned);
    client.setServiceFactories(
        List.of(ClientUserAuthServiceFactory.INSTANCE, new WorkspaceServiceFactory()));
    return client;
  }

  /** Logs in at the endpoint. */
  private CompletionStage<WorkspaceConnection> dial(Endpoint endpoint) {
    var call = new Call(endpoint, new CompletableFuture<>());
    try {
      client
          .connect(
              endpoint.login(), endpoint.address(), AttributeRepository.ofKeyValuePair(CALL, call))
          .addListener(connected -> login(connected, call));
    } catch (IOException | RuntimeException e) {
      call.result.completeExceptionally(unreachable(endpoint, e));
    }
    return call.result;
  }

  @Override
  public void close() {
    connections.close();
    client.stop();
  }

  private void schedule(Runnable action, Duration delay) {
    try {
      var timer = client.getScheduledExecutorService();
      if (timer != null) { // MINA has none once it stops
        var _ = timer.schedule(action, delay.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (RejectedExecutionException e) {
      LOG.debug("the gateway is stopping", e);
    }
  }

  private void login(ConnectFuture connected, Call call) {
    var endpoint = call.endpoint;
    var result = call.result;
    if (!connected.isConnected()) {
      result.completeExceptionally(unreachable(endpoint, connected.getException()));
      return;
    }
    var session = (AbstractClientSession) connected.getSession();
    session.addPublicKeyIdentity(ca.issue(endpoint.login()));
    try {
      session
          .auth()
          .addListener(
              auth -> {
                if (!auth.isSuccess()) {
                  session.close(true);
                  result.completeExceptionally(unreachable(endpoint, auth.getException()));
                }
              });
    } catch (IOException e) {
      session.close(true);
      result.completeExceptionally(unreachable(endpoint, e));
    }
  }

  private static FailureException unreachable(Endpoint endpoint, @Nullable Throwable cause) {
    return new FailureException(
        new Failure.Unavailable(
            "workspace-unreachable",
            "the workspace does not answer at %s".formatted(endpoint.address())),
        cause);
  }

  private static boolean isPinned(ClientSession session, SocketAddress address, PublicKey key) {
    return KeyFile.publicKey(key).equals(call(session).endpoint.hostKey());
  }

  private static Call call(ClientSession session) {
    var context = Objects.requireNonNull(session.getConnectionContext());
    return Objects.requireNonNull(context.getAttribute(CALL));
  }

  private final class WorkspaceServiceFactory implements ServiceFactory {
    @Override
    public String getName() {
      return "ssh-connection";
    }

    @Override
    public Service create(Session session) throws IOException {
      var workspace = (AbstractClientSession) session;
      var call = call(workspace);
      return new WorkspaceConnection(workspace, call.endpoint, call.result, connections::ended);
    }
  }

  private static final class WorkspaceSessions extends SessionFactory {
    WorkspaceSessions(SshClient client) {
      super(client);
    }

    @Override
    protected ClientSessionImpl doCreateSession(IoSession io) throws Exception {
      return new WorkspaceSession(getClient(), io);
    }
  }
}
