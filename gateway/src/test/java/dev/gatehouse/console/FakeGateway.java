package dev.gatehouse.console;

import dev.gatehouse.directory.Person;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.key.TestKeys;
import dev.gatehouse.net.Cidr;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Connections, penalties, host keys and a log in memory, as far as commands see them. */
public final class FakeGateway implements LiveSessions, PenaltyBook, LogLevels {
  final List<LiveSession> sessions = new ArrayList<>();

  /** Names of gateways that do not answer. */
  final List<String> silent = new ArrayList<>();

  /** A definition with this in it ends all sessions. */
  public String ending = "no definition has this";

  final List<String> told = new ArrayList<>();
  final List<Penalty> penalties = new ArrayList<>();
  private final List<HostKeyring.HostKey> hostKeys = new ArrayList<>();
  private Level level = Level.INFO;

  FakeGateway() {
    hostKeys.add(
        new HostKeyring.HostKey(
            TestKeys.ed25519(7), HostKeyring.State.CURRENT, ConsoleFixture.NOW));
  }

  /** In place of those that are there. */
  void hostKey(SshPublicKey key) {
    hostKeys.clear();
    hostKeys.add(new HostKeyring.HostKey(key, HostKeyring.State.CURRENT, ConsoleFixture.NOW));
  }

  public void connect(long id, Person person, String client, OpenChannel... channels) {
    sessions.add(
        new LiveSession(
            id,
            person.username(),
            person.username().value(),
            "workspace main",
            InetAddress.ofLiteral("192.0.2.7"),
            50000,
            ConsoleFixture.NOW.minusSeconds(90),
            List.of("publickey " + ConsoleFixture.key(person.uidNumber())),
            client,
            2048,
            5 << 20,
            List.of(channels)));
  }

  void penalise(String address, Instant until) {
    penalties.add(new Penalty(Cidr.parse(address), until, "authFail", true));
  }

  @Override
  public List<LiveSession> all() {
    return List.copyOf(sessions);
  }

  @Override
  public Everywhere everywhere() {
    return new Everywhere(all(), List.copyOf(silent));
  }

  @Override
  public List<LiveSession> endedBy(String definition) {
    return definition.contains(ending) ? all() : List.of();
  }

  @Override
  public boolean kill(long id, String reason) {
    told.add("%d: %s".formatted(id, reason));
    return sessions.removeIf(s -> s.id() == id);
  }

  @Override
  public int message(long id, String text) {
    told.add("%d: %s".formatted(id, text));
    return 1;
  }

  @Override
  public List<Penalty> list(int most) {
    return List.copyOf(penalties);
  }

  @Override
  public int clear(Optional<InetAddress> address) {
    var before = penalties.size();
    penalties.removeIf(p -> address.isEmpty() || p.source().contains(address.get()));
    return before - penalties.size();
  }

  @Override
  public Level level() {
    return level;
  }

  @Override
  public void set(Level level) {
    this.level = level;
  }

  /** The host keys, as a ring of their own: {@link LiveSessions} has an all() too. */
  HostKeyring ring() {
    return new HostKeyring() {
      @Override
      public List<HostKey> all() {
        return List.copyOf(hostKeys);
      }

      @Override
      public void rotate() {
        hostKeys.add(new HostKey(next(), State.NEXT, ConsoleFixture.NOW));
      }

      @Override
      public void retire() {
        if (hostKeys.size() < 2) {
          throw UserError.usage("there are no next keys");
        }
        hostKeys.removeFirst();
      }

      private SshPublicKey next() {
        return TestKeys.ed25519(8);
      }
    };
  }
}
