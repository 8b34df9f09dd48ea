package dev.gatehouse.training;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ClientChannel;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;

/** Somebody who logs in to a gateway of this same process. */
public final class TrainingClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final Set<ClientChannelEvent> ENDED = EnumSet.of(ClientChannelEvent.CLOSED);
  private static final String LOOPBACK = "127.0.0.1";

  private final SshClient client = newClient();
  private final ClientSession session;

  /**
   * Logs in.
   *
   * @throws IOException if it is not let in
   */
  public TrainingClient(int port, String login, KeyPair key) throws IOException {
    client.start();
    session = client.connect(login, LOOPBACK, port).verify(PATIENCE).getSession();
    session.addPublicKeyIdentity(key);
    session.auth().verify(PATIENCE);
  }

  private static SshClient newClient() {
    var client = SshClient.setUpDefaultClient();
    // The defaults read the user's own ~/.ssh and agent.
    client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    client.setAgentFactory(null);
    client.setServerKeyVerifier((_, _, _) -> true); // it is this process that answers
    return client;
  }

  /**
   * Runs a command again and again until it succeeds.
   *
   * @throws IOException if it has not after some time
   */
  public void await(String command) throws IOException, InterruptedException {
    var end = Instant.now().plus(PATIENCE);
    while (true) {
      var channel = opened(session.createExecChannel(command));
      awaitEnd(channel, command);
      if (Integer.valueOf(0).equals(channel.getExitStatus())) {
        return;
      }
      if (Instant.now().isAfter(end)) {
        throw new IOException("%s ends with %s".formatted(command, channel.getExitStatus()));
      }
      Thread.sleep(PAUSE);
    }
  }

  /** Types this into a shell with a terminal, which must end the shell. */
  public void shell(String typed) throws IOException {
    var shell = session.createShellChannel();
    shell.setUsePty(true);
    var _ = opened(shell);
    shell.getInvertedIn().write(typed.getBytes(StandardCharsets.US_ASCII));
    shell.getInvertedIn().flush();
    awaitEnd(shell, "a shell");
  }

  /** Asks for a command, and does not wait for what comes of it. */
  public void ask(String command) throws IOException {
    var _ = opened(session.createExecChannel(command));
  }

  @Override
  public void close() {
    client.stop();
  }

  private static <C extends ClientChannel> C opened(C channel) throws IOException {
    // Nobody reads what is said, and a channel that may not say it would never end.
    channel.setOut(OutputStream.nullOutputStream());
    channel.setErr(OutputStream.nullOutputStream());
    channel.open().verify(PATIENCE);
    return channel;
  }

  private static void awaitEnd(ClientChannel channel, String what) throws IOException {
    if (!channel.waitFor(ENDED, PATIENCE).containsAll(ENDED)) {
      throw new IOException(what + " does not end");
    }
  }
}
