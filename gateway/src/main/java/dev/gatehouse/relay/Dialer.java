package dev.gatehouse.relay;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.key.KeyFile;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.workspace.Endpoint;
import java.io.IOException;
import java.net.SocketAddress;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.future.ConnectFuture;
import org.apache.sshd.client.session.AbstractClientSession;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.client.session.ClientUserAuthServiceFactory;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.Service;
import org.apache.sshd.common.ServiceFactory;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.core.CoreModuleProperties;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the sshd of a workspace, as the person, and believes no host key but the pinned one.
 */
public final class Dialer implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration LOGIN_TIMEOUT = Duration.ofSeconds(20);
  private static final AttributeKey<Relay> RELAY = new AttributeKey<>();
  private static final AttributeKey<SshPublicKey> HOST_KEY = new AttributeKey<>();

  /** RFC 4253 names; cheap ones first, since both ends are inside the cluster. */
  private static final List<String> KEY_EXCHANGES =
      List.of("curve25519-sha256", "curve25519-sha256@libssh.org", "mlkem768x25519-sha256");

  private static final List<String> CIPHERS =
      List.of("aes128-gcm@openssh.com", "aes256-gcm@openssh.com", "aes128-ctr");

  private final SshClient client;
  private final UserCa ca;

  public Dialer(UserCa ca) {
    this.ca = ca;
    this.client = newClient();
    client.start();
  }

  private static SshClient newClient() {
    var client = SshClient.setUpDefaultClient();
    Transport.configure(client);
    CoreModuleProperties.CLIENT_IDENTIFICATION.set(client, Transport.IDENTIFICATION);
    CoreModuleProperties.IO_CONNECT_TIMEOUT.set(client, CONNECT_TIMEOUT);
    CoreModuleProperties.AUTH_TIMEOUT.set(client, LOGIN_TIMEOUT);
    client.setKeyExchangeFactories(Transport.pick(client.getKeyExchangeFactories(), KEY_EXCHANGES));
    client.setCipherFactoriesNames(CIPHERS);
    // The defaults read the gateway's own ~/.ssh and its agent.
    client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    client.setAgentFactory(null);
    client.setUserAuthFactoriesNames("publickey");
    client.setServerKeyVerifier(Dialer::isPinned);
    client.setServiceFactories(
        List.of(ClientUserAuthServiceFactory.INSTANCE, new WorkspaceServiceFactory()));
    return client;
  }

  /**
   * Logs in at the endpoint. The relay is told of the connection when it may be used, and of its
   * end; the answer here matters only if it is a failure.
   */
  CompletionStage<Void> dial(Endpoint endpoint, Relay relay) {
    var result = new CompletableFuture<Void>();
    var context =
        AttributeRepository.ofAttributesMap(
            java.util.Map.of(RELAY, relay, HOST_KEY, endpoint.hostKey()));
    try {
      client
          .connect(endpoint.login(), endpoint.address(), context)
          .addListener(connected -> login(connected, endpoint, relay, result));
    } catch (IOException | RuntimeException e) {
      result.completeExceptionally(unreachable(endpoint, e));
    }
    return result;
  }

  @Override
  public void close() {
    client.stop();
  }

  private void login(
      ConnectFuture connected, Endpoint endpoint, Relay relay, CompletableFuture<Void> result) {
    if (!connected.isConnected()) {
      result.completeExceptionally(unreachable(endpoint, connected.getException()));
      return;
    }
    var session = (AbstractClientSession) connected.getSession();
    session.addCloseFutureListener(closed -> relay.workspaceClosed(session));
    session.addPublicKeyIdentity(ca.issue(endpoint.login()));
    try {
      session
          .auth()
          .addListener(
              auth -> {
                if (auth.isSuccess()) {
                  result.complete(null);
                } else {
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
    var context = Objects.requireNonNull(session.getConnectionContext());
    return KeyFile.publicKey(key).equals(context.getAttribute(HOST_KEY));
  }

  private static final class WorkspaceServiceFactory implements ServiceFactory {
    @Override
    public String getName() {
      return "ssh-connection";
    }

    @Override
    public Service create(Session session) throws IOException {
      var workspace = (AbstractClientSession) session;
      var context = Objects.requireNonNull(workspace.getConnectionContext());
      return new WorkspaceConnection(
          workspace, Objects.requireNonNull(context.getAttribute(RELAY)));
    }
  }
}
