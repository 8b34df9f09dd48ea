package dev.gatehouse.bench;

import dev.gatehouse.key.KeyFile;
import java.io.IOException;
import java.time.Duration;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ClientChannel;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.core.CoreModuleProperties;

/** Many connections from one process, where a process for each would measure the clients. */
final class Load implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final SshClient client = SshClient.setUpDefaultClient();

  Load() {
    client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
    client.setAgentFactory(null);
    // What MINA would take first costs the client more than everything else together.
    client.setKeyExchangeFactories(
        client.getKeyExchangeFactories().stream()
            .filter(f -> f.getName().equals("curve25519-sha256"))
            .toList());
    CoreModuleProperties.IDLE_TIMEOUT.set(client, Duration.ZERO);
    client.start();
  }

  /** A connection whose login has succeeded. */
  ClientSession login(Contender.Door door) throws IOException {
    var session =
        client.connect(door.login(), "127.0.0.1", door.port()).verify(PATIENCE).getSession();
    session.addPublicKeyIdentity(KeyFile.openEd25519(door.identity()));
    session.auth().verify(PATIENCE);
    return session;
  }

  /** What a person's terminal holds of the contender: a shell, or the way to the target's sshd. */
  ClientChannel hold(Contender contender, ClientSession session) throws IOException {
    ClientChannel channel =
        contender instanceof JumpHost jump
            ? session.createDirectTcpipChannel(
                new SshdSocketAddress("127.0.0.1", 0),
                new SshdSocketAddress("127.0.0.1", jump.targetPort()))
            : session.createShellChannel();
    channel.open().verify(PATIENCE);
    return channel;
  }

  @Override
  public void close() {
    client.stop();
  }
}
