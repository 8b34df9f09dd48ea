package dev.gatehouse.frontdoor.replicas;

import dev.gatehouse.key.KeyFile;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.relay.UserCa;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.function.Supplier;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.core.CoreModuleProperties;
import tools.jackson.databind.JsonNode;

/**
 * Asks other gateways, by a connection for each request: there are few, and people wait for them.
 */
final class ReplicaClient implements AutoCloseable {
  /** For each step of a request. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final int MOST_BYTES = 64 << 20;

  private final SshClient client = SshClient.setUpDefaultClient();
  private final UserCa ca;

  /**
   * @param hostKeys those of all gateways now
   */
  ReplicaClient(UserCa ca, Supplier<? extends Collection<SshPublicKey>> hostKeys) {
    this.ca = ca;
    client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    client.setAgentFactory(null);
    client.setUserAuthFactoriesNames("publickey");
    client.setServerKeyVerifier((_, _, key) -> hostKeys.get().contains(KeyFile.publicKey(key)));
    CoreModuleProperties.IO_CONNECT_TIMEOUT.set(client, PATIENCE);
    client.start();
  }

  /**
   * Blocks.
   *
   * @throws IOException if there is no answer in time
   */
  JsonNode ask(Replica replica, Request request) throws IOException {
    try (var session =
        client.connect(ReplicaServer.PRINCIPAL, replica.address()).verify(PATIENCE).getSession()) {
      session.addPublicKeyIdentity(ca.issue(ReplicaServer.PRINCIPAL));
      session.auth().verify(PATIENCE);
      var out = new Bounded();
      try (var channel = session.createExecChannel(request.toJson())) {
        channel.setOut(out);
        channel.setErr(OutputStream.nullOutputStream());
        channel.open().verify(PATIENCE);
        channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), PATIENCE);
        var status = channel.getExitStatus();
        if (status == null || status != 0) {
          throw new IOException("it has no answer");
        }
      }
      return Request.answer(out.toString(StandardCharsets.UTF_8));
    } catch (RuntimeException e) {
      throw new IOException("its answer is not understood", e);
    }
  }

  @Override
  public void close() {
    client.stop();
  }

  /** What another gateway sends must not fill this one's memory. */
  private static final class Bounded extends ByteArrayOutputStream {
    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
      if (count + length > MOST_BYTES) {
        throw new IllegalStateException("too long an answer");
      }
      super.write(bytes, from, length);
    }
  }
}
