package dev.gatehouse.frontdoor.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.console.LiveSessions;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.key.KeyFile;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.name.Username;
import dev.gatehouse.relay.UserCa;
import dev.gatehouse.testkit.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways of one cluster, and what would like to be one. */
@Timeout(60)
class AllSessionsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Longer than a message of SSH may be. */
  private static final String ENDING = "# not öften\n".repeat(30_000);

  @TempDir Path folder;
  private final KeyPair hostKey = KeyFile.generateEd25519();
  private final Fake mine = new Fake();
  private final Fake theirs = new Fake();
  private UserCa ca;
  private ReplicaServer other;

  @BeforeEach
  void start() throws IOException {
    ca = UserCa.open(folder.resolve("ca"), InstantSource.system());
    other = ReplicaServer.start(address(0), theirs, KeyPairProvider.wrap(hostKey), ca.publicKey());
    mine.add(1, "alice");
    theirs.add(1_000_001, "bob");
  }

  @AfterEach
  void stop() {
    other.close();
  }

  @Test
  void everywhere_twoGateways_seesBothWhole() {
    try (var all = all(ca, hostKey, this::others)) {
      var everywhere = all.everywhere();
      assertThat(everywhere.sessions()).containsExactly(mine.all.getFirst(), theirs.all.getFirst());
      assertThat(everywhere.silent()).isEmpty();
      assertThat(all.all()).isEqualTo(mine.all);
    }
  }

  @Test
  void endedEverywhereBy_twoGateways_asksBoth() {
    try (var all = all(ca, hostKey, this::others)) {
      var ended = all.endedEverywhereBy(ENDING);
      assertThat(ended.sessions()).containsExactly(mine.all.getFirst(), theirs.all.getFirst());
      assertThat(ended.silent()).isEmpty();
      assertThat(all.endedEverywhereBy("{}").sessions()).isEmpty();
    }
  }

  @Test
  void kill_sessionOfTheOther_isDoneThere() {
    try (var all = all(ca, hostKey, this::others)) {
      assertThat(all.kill(1_000_001, "ended by \"root\"\n")).isTrue();
      assertThat(theirs.told).containsExactly("1000001: ended by \"root\"\n");
      assertThat(mine.told).isEmpty();
      assertThat(all.kill(77, "nobody")).isFalse();
    }
  }

  @Test
  void message_sessionOfTheOther_reachesItsTerminals() {
    try (var all = all(ca, hostKey, this::others)) {
      assertThat(all.message(1_000_001, "noon")).isEqualTo(2);
      assertThat(theirs.told).containsExactly("1000001: noon");
      assertThat(all.message(1, "noon")).isEqualTo(2);
      assertThat(mine.told).containsExactly("1: noon");
    }
  }

  @Test
  void everywhere_oneDoesNotAnswer_namesIt() {
    var gone = new Replica("gatehouse-gone", address(Ports.free()));
    try (var all = all(ca, hostKey, () -> List.of(gone, others().getFirst()))) {
      var everywhere = all.everywhere();
      assertThat(everywhere.sessions()).hasSize(2);
      assertThat(everywhere.silent()).containsExactly("gatehouse-gone");
    }
  }

  @Test
  void everywhere_othersAreNotKnown_saysSo() {
    Supplier<List<Replica>> unknown =
        () -> {
          throw new FailureException(new Failure.Unavailable("kubernetes-unavailable", "away"));
        };
    try (var all = all(ca, hostKey, unknown)) {
      assertThat(all.everywhere().sessions()).isEqualTo(mine.all);
      assertThat(all.everywhere().silent()).singleElement().asString().contains("API server");
    }
  }

  @Test
  void everywhere_otherShowsAnotherHostKey_isNotAsked() {
    try (var all = all(ca, KeyFile.generateEd25519(), this::others)) {
      assertThat(all.everywhere().silent()).containsExactly("gatehouse-other");
      assertThat(all.kill(1_000_001, "no")).isFalse();
      assertThat(theirs.told).isEmpty();
    }
  }

  @Test
  void everywhere_withAnotherUserCa_isRefused() {
    var foreign = UserCa.open(folder.resolve("foreign"), InstantSource.system());
    try (var all = all(foreign, hostKey, this::others)) {
      assertThat(all.everywhere().silent()).containsExactly("gatehouse-other");
      assertThat(all.kill(1_000_001, "no")).isFalse();
      assertThat(theirs.told).isEmpty();
    }
  }

  /** Those are signed for each connection to a workspace. */
  @Test
  void login_withAPersonsCertificate_isRefused() throws Exception {
    assertThat(isLetIn(ReplicaServer.PRINCIPAL, ca.issue("alice"))).isFalse();
    assertThat(isLetIn("alice", ca.issue("alice"))).isFalse();
    assertThat(isLetIn("alice", ca.issue(ReplicaServer.PRINCIPAL))).isFalse();
    assertThat(isLetIn(ReplicaServer.PRINCIPAL, hostKey)).isFalse();
    assertThat(isLetIn(ReplicaServer.PRINCIPAL, ca.issue(ReplicaServer.PRINCIPAL))).isTrue();
  }

  private boolean isLetIn(String name, KeyPair key) throws IOException {
    try (var client = SshClient.setUpDefaultClient()) {
      client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
      client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
      client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
      client.setUserAuthFactoriesNames("publickey");
      client.start();
      try (var session =
          client.connect(name, address(other.port())).verify(PATIENCE).getSession()) {
        session.addPublicKeyIdentity(key);
        var auth = session.auth();
        auth.await(PATIENCE);
        return auth.isSuccess();
      }
    }
  }

  private AllSessions all(UserCa ca, KeyPair hostKey, Supplier<List<Replica>> others) {
    List<SshPublicKey> keys = List.of(KeyFile.publicKey(hostKey));
    return new AllSessions(mine, others, ca, () -> keys);
  }

  private List<Replica> others() {
    return List.of(new Replica("gatehouse-other", address(other.port())));
  }

  private static InetSocketAddress address(int port) {
    return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
  }

  /** Connections in memory. */
  private static final class Fake implements LiveSessions {
    private final List<LiveSession> all = new ArrayList<>();
    private final List<String> told = new ArrayList<>();

    void add(long id, String user) {
      all.add(
          new LiveSession(
              id,
              new Username(user),
              user + "+gpu",
              "workspace gpu",
              InetAddress.ofLiteral("2001:db8::7"),
              50_000,
              Instant.parse("2026-11-30T10:00:00Z"),
              List.of("publickey ssh-ed25519 SHA256:abc"),
              "SSH-2.0-\u001b[31mhostile\"",
              3,
              1L << 40,
              List.of(
                  new OpenChannel(
                      "session:exec", "echo '\n'", Instant.parse("2026-11-30T10:00:01Z")))));
    }

    @Override
    public List<LiveSession> all() {
      return all;
    }

    @Override
    public List<LiveSession> endedBy(String definition) {
      return definition.equals(ENDING) ? all : List.of();
    }

    @Override
    public boolean kill(long id, String reason) {
      if (all.stream().noneMatch(s -> s.id() == id)) {
        return false;
      }
      told.add("%d: %s".formatted(id, reason));
      return true;
    }

    @Override
    public int message(long id, String text) {
      if (all.stream().noneMatch(s -> s.id() == id)) {
        return 0;
      }
      told.add("%d: %s".formatted(id, text));
      return 2;
    }
  }
}
