package dev.gatehouse.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.KeyPair;
import java.time.Duration;
import java.util.EnumSet;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals by request, which OpenSSH's client cannot send. */
class LocalSignalIT extends LocalWorkspaceDriver {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @ParameterizedTest
  @ValueSource(strings = {"HUP", "INT", "QUIT", "TERM", "USR1", "USR2"})
  void signal_trapped_reachesTheProcess(String signal) throws Exception {
    assertThat(run("trap 'echo got; exit 0' " + signal, signal)).isEqualTo("got\n, status 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HUP", "KILL", "TERM", "USR1"})
  void signal_untrapped_isTheExitSignal(String signal) throws Exception {
    assertThat(run("true", signal)).isEqualTo(", signal " + signal);
  }

  /** Runs a loop after some preparation, signals it, and says what it wrote and how it ended. */
  private String run(String preparation, String signal) throws Exception {
    try (var mina = org.apache.sshd.client.SshClient.setUpDefaultClient()) {
      mina.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
      mina.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
      mina.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
      mina.start();
      try (var session = mina.connect("alice", endpoint.address()).verify(LIMIT).getSession()) {
        session.addPublicKeyIdentity(identity());
        session.auth().verify(LIMIT);
        return run(session, preparation, signal);
      }
    }
  }

  private String run(ClientSession session, String preparation, String signal) throws Exception {
    var output = new ByteArrayOutputStream();
    try (var channel =
        session.createExecChannel(preparation + "; touch waits; while :; do sleep 0.05; done")) {
      channel.setOut(output);
      channel.open().verify(LIMIT);
      until(() -> Files.exists(home.resolve("waits")));
      send(session, channel, signal);
      var ended = channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), LIMIT);
      assertThat(ended).contains(ClientChannelEvent.CLOSED);
      return output.toString(StandardCharsets.UTF_8)
          + (channel.getExitSignal() == null
              ? ", status " + channel.getExitStatus()
              : ", signal " + channel.getExitSignal());
    }
  }

  private static void send(ClientSession session, ChannelExec channel, String signal)
      throws Exception {
    var request = session.createBuffer(SshConstants.SSH_MSG_CHANNEL_REQUEST, 64);
    request.putUInt(channel.getRecipient());
    request.putString("signal");
    request.putBoolean(false);
    request.putString(signal);
    channel.writePacket(request);
  }

  private KeyPair identity() throws Exception {
    var pair = new FileKeyPairProvider(client.file("id")).loadKeys(null).iterator().next();
    var line = Files.readString(client.file("id-cert.pub"));
    var certificate = PublicKeyEntry.parsePublicKeyEntry(line).resolvePublicKey(null, null, null);
    return new KeyPair(certificate, pair.getPrivate());
  }
}
