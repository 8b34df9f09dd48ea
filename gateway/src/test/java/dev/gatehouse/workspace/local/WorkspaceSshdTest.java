package dev.gatehouse.workspace.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.directory.Person;
import dev.gatehouse.key.KeyFile;
import dev.gatehouse.name.Username;
import dev.gatehouse.name.WorkspaceName;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.workspace.WorkspaceId;
import dev.gatehouse.workspace.WorkspaceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.sshd.certificate.OpenSshCertificateBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What only many sessions in a row show. */
@Timeout(120)
class WorkspaceSshdTest {
  private static final int SESSIONS = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private final KeyPair ca = KeyFile.generateEd25519();
  private final SshClient client = SshClient.setUpDefaultClient();
  private WorkspaceSshd sshd;
  private ClientSession session;

  @BeforeEach
  void open() throws Exception {
    sshd =
        WorkspaceSshd.start(
            new Machine(
                spec(),
                folder,
                Account.current(),
                new ProcessTrees(),
                Optional.empty(),
                ServiceProgram.install(folder, folder)),
            KeyFile.generateEd25519(),
            KeyFile.publicKey(ca));
    client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
    client.start();
    session = client.connect("alice", sshd.address()).verify(PATIENCE).getSession();
    session.addPublicKeyIdentity(certified());
    session.auth().verify(PATIENCE);
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    sshd.close();
  }

  /** Each held a timer for ten years. */
  @Test
  void timers_sessionsHaveEnded_areGone() throws IOException {
    var before = sshd.timers();
    for (var i = 0; i < SESSIONS; i++) {
      assertThat(session.executeRemoteCommand("echo done")).isEqualTo("done\n");
    }
    Poll.until(() -> sshd.timers() + " timers", PATIENCE, () -> sshd.timers() <= before);
  }

  private KeyPair certified() throws Exception {
    var pair = KeyFile.generateEd25519();
    var now = Instant.now();
    var certificate =
        OpenSshCertificateBuilder.userCertificate()
            .publicKey(pair.getPublic())
            .id("test")
            .serial(1)
            .principals(List.of("alice"))
            .validAfter(now.minusSeconds(60))
            .validBefore(now.plusSeconds(600))
            .sign(ca);
    return new KeyPair(certificate, pair.getPrivate());
  }

  private WorkspaceSpec spec() throws IOException {
    var file = Files.writeString(folder.resolve("cluster.yaml"), "machineTypes: {standard: {}}\n");
    var alice = new Username("alice");
    return new WorkspaceSpec(
        new WorkspaceId(alice, WorkspaceName.MAIN),
        new Person(
            alice, 10_000, 10_000, "alice", "/home/alice", "/bin/sh", Set.of(), List.of(), false),
        ClusterDefinitionFile.load(file).defaultType());
  }
}
