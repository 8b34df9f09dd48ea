package dev.gatehouse.server;

import dev.gatehouse.cluster.LdapSettings;
import dev.gatehouse.cluster.LiveDefinition;
import dev.gatehouse.directory.Directory;
import dev.gatehouse.directory.DirectoryHealth;
import dev.gatehouse.directory.PasswordCheck;
import dev.gatehouse.directory.PersonLookup;
import dev.gatehouse.directory.following.RemoteDirectory;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.name.Username;
import dev.gatehouse.scheduling.PeriodicTask;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A site's own servers in a running gateway. When the definition names others, these are asked once
 * they have answered and everybody in them is known here; until then, those before are.
 */
final class LiveDirectory implements Directory, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveDirectory.class);
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Duration COPY_PAUSE = Duration.ofMillis(200);

  /** Servers that answer and do not let themselves be copied are taken all the same. */
  private static final int ROUNDS_FOR_A_COPY = 150;

  private final LiveDefinition definition;
  private final InstantSource clock;
  private final PeriodicTask exchange;
  private volatile LeasedBackend current;

  // Guarded by this.
  private @Nullable Candidate candidate;
  private String objection = "";
  private boolean closed;

  /** Servers that have answered, and are being copied. */
  private static final class Candidate {
    final LdapSettings settings;
    final DirectoryBackend backend;
    int rounds;

    Candidate(LdapSettings settings, DirectoryBackend backend) {
      this.settings = settings;
      this.backend = backend;
    }

    boolean isReady() {
      return rounds++ >= ROUNDS_FOR_A_COPY
          || backend.directory().health().filter(health -> health.people() > 0).isPresent();
    }
  }

  /**
   * Opens the servers that are in force. They need not answer yet.
   *
   * @throws dev.gatehouse.failure.UserError as {@link RemoteDirectory#open}
   */
  LiveDirectory(LiveDefinition definition, InstantSource clock) {
    this.definition = definition;
    this.clock = clock;
    this.current = new LeasedBackend(open(definition.get().directory().ldap().orElseThrow()));
    this.exchange = PeriodicTask.every(this::pause, "directory-exchange", this::round);
    definition.onChange(exchange::soon);
  }

  DirectoryBackend backend() {
    return new DirectoryBackend(this, new ExchangeablePeople(this::ask), this::close);
  }

  private DirectoryBackend open(LdapSettings ldap) {
    return DirectoryBackend.of(RemoteDirectory.open(ldap, clock));
  }

  // ---- the directory of the moment ----

  private <T> T ask(Function<DirectoryBackend, T> question) {
    while (true) {
      var now = current;
      var answer = now.use(question);
      if (answer.isPresent()) {
        return answer.get();
      }
      if (now == current) {
        throw new FailureException(
            new Failure.Unavailable("gateway-closing", "the gateway is closing"));
      }
    }
  }

  @Override
  public PersonLookup person(Username username) {
    return ask(backend -> backend.directory().person(username));
  }

  @Override
  public PasswordCheck password(Username username, String password) {
    return ask(backend -> backend.directory().password(username, password));
  }

  @Override
  public Optional<DirectoryHealth> health() {
    return ask(backend -> backend.directory().health());
  }

  // ---- the exchange ----

  private synchronized Duration pause() {
    return candidate == null ? PAUSE : COPY_PAUSE;
  }

  private synchronized void round() {
    var wanted = definition.awaitedLdap();
    if (candidate != null && !wanted.equals(Optional.of(candidate.settings))) {
      drop(candidate);
    }
    if (wanted.isEmpty()) {
      objection = "";
    } else if (!closed) {
      approach(wanted.get());
    }
  }

  private void approach(LdapSettings wanted) {
    if (candidate == null) {
      var why = RemoteDirectory.objection(wanted, clock);
      if (why.isPresent()) {
        tell(why.get());
        return;
      }
      candidate = new Candidate(wanted, open(wanted));
    }
    if (candidate.isReady()) {
      exchangeFor(candidate);
    }
  }

  private void exchangeFor(Candidate ready) {
    if (!definition.bringIntoForce(ready.settings)) {
      return; // the next round drops it
    }
    var before = current;
    current = new LeasedBackend(ready.backend);
    candidate = null;
    objection = "";
    before.retire();
    LOG.info("[directory-exchanged] people are those of {} now", ready.settings.servers());
  }

  private void drop(Candidate old) {
    candidate = null;
    old.backend.close();
  }

  /** Once for each reason. */
  private void tell(String why) {
    if (!objection.equals(why)) {
      objection = why;
      LOG.warn(
          "[directory-not-exchanged] the servers before are asked, until this is over: {}", why);
    }
  }

  @Override
  public void close() {
    exchange.close();
    end();
  }

  private synchronized void end() {
    closed = true;
    if (candidate != null) {
      drop(candidate);
    }
    current.retire();
  }
}
