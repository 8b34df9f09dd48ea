package dev.gatehouse.directory.following;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.controls.ContentSyncRequestControl;
import dev.gatehouse.cluster.LdapSettings;
import dev.gatehouse.directory.DirectoryHealth.Reach;
import dev.gatehouse.directory.LdapFailures;
import dev.gatehouse.directory.PersonEntry;
import dev.gatehouse.directory.Replica;
import dev.gatehouse.directory.SchemaMapping;
import dev.gatehouse.directory.Servers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a copy of the directory, on a thread of its own, over one connection to the first server
 * that answers; a connection that is lost is made anew with back-off.
 */
final class ReplicaUpdater implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReplicaUpdater.class);
  private static final Duration MIN_BACK_OFF = Duration.ofMillis(100);
  private static final Duration MAX_BACK_OFF = Duration.ofSeconds(5);

  /** How often it is seen whether a server before this one in the list is back. */
  private static final Duration PROBE = Duration.ofSeconds(15);

  /** A copy in the making, with what is needed to go on with it. */
  private record Course(String server, Replica replica, SyncedPart people, SyncedPart groups) {}

  private final LdapSettings settings;
  private final Servers servers;
  private final SchemaMapping schemaMapping;
  private final PersonEntry reader;
  private final InstantSource clock;
  private final Thread thread;

  private volatile @Nullable ReplicaSnapshot replicaSnapshot;
  private volatile @Nullable LDAPConnection connection;
  private volatile boolean closed;

  /** Whether the server tells of changes, and is not asked for them. */
  private volatile boolean told;

  // Used by the thread alone.
  private @Nullable Course course;
  private boolean resumable;
  private boolean syncRefused;
  private boolean troubled;
  private Duration backOff = MIN_BACK_OFF;

  /** Begins at once. */
  ReplicaUpdater(
      LdapSettings settings, Servers servers, SchemaMapping schemaMapping, InstantSource clock) {
    this.settings = settings;
    this.servers = servers;
    this.schemaMapping = schemaMapping;
    this.reader = new PersonEntry(clock, schemaMapping.foldsNames());
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("directory-follower").start(this::run);
  }

  /** The copy as it is now; empty until there is a whole one. */
  Optional<ReplicaSnapshot> copied() {
    return Optional.ofNullable(replicaSnapshot);
  }

  /** The same, while changes come to it as they happen. */
  Optional<ReplicaSnapshot> copiedAtOnce() {
    return copied().filter(c -> told && c.reach() == Reach.FOLLOWED);
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    var open = connection;
    if (open != null) {
      open.close();
    }
  }

  private void run() {
    try {
      while (!closed) {
        follow();
      }
    } catch (InterruptedException e) {
      LOG.debug("the gateway closes");
    }
  }

  /** One connection's life, and a pause if it ended badly. */
  private void follow() throws InterruptedException {
    var began = clock.instant();
    try (var open = servers.forFollowing()) {
      connection = open;
      var preferred = new AtomicBoolean();
      var probe = Thread.ofVirtual().name("directory-probe").start(() -> probe(open, preferred));
      try {
        session(open).follow(open, new Report(), preferred::get);
      } finally {
        probe.interrupt();
      }
    } catch (LDAPException e) {
      failed(e);
      pause(began);
    } catch (RuntimeException e) {
      LOG.error("[directory-broken] the copy of the directory is made anew", e);
      resumable = false;
      pause(began);
    }
  }

  /** Longer each time, unless what began then went well for a while. */
  private void pause(Instant began) throws InterruptedException {
    var lasted = Duration.between(began, clock.instant());
    backOff = lasted.compareTo(MAX_BACK_OFF) > 0 ? MIN_BACK_OFF : backOff;
    Thread.sleep(backOff);
    var doubled = backOff.multipliedBy(2);
    backOff = doubled.compareTo(MAX_BACK_OFF) < 0 ? doubled : MAX_BACK_OFF;
  }

  private ReplicaSession session(LDAPConnection open) throws LDAPException {
    var dse = open.getRootDSE();
    told =
        dse != null
            && !syncRefused
            && dse.supportsControl(ContentSyncRequestControl.SYNC_REQUEST_OID);
    if (!told) {
      return new PollSession(schemaMapping, reader, settings.cache().maxAge().dividedBy(2), clock);
    }
    var server = open.getConnectedAddress() + ":" + open.getConnectedPort();
    var going = course;
    if (going == null || !resumable || !going.server().equals(server)) {
      // Another server's cookies and UUIDs may mean other things here.
      var replica = new Replica(schemaMapping, reader);
      going =
          new Course(
              server,
              replica,
              new SyncedPart(replica.people(), schemaMapping::canonical),
              new SyncedPart(replica.groups(), schemaMapping::canonical));
      course = going;
      resumable = false;
    }
    return new SyncSession(schemaMapping, going.replica(), going.people(), going.groups(), pause());
  }

  /** So that a server that hangs is found out before the copy is too old. */
  private Duration pause() {
    var third = settings.cache().maxAge().dividedBy(3);
    return third.compareTo(settings.timeout()) < 0 ? third : settings.timeout();
  }

  private void failed(LDAPException e) {
    if (LdapFailures.mayPass(e)) {
      syncRefused = false;
      trouble(Reach.AWAY, LdapFailures.describe(e));
    } else if (resumable) {
      // Above all e-syncRefreshRequired: it does not know any more what has happened since.
      resumable = false;
    } else if (!syncRefused) {
      syncRefused = !e.getResultCode().equals(ResultCode.E_SYNC_REFRESH_REQUIRED);
    } else {
      trouble(Reach.REFUSED, LdapFailures.describe(e, LdapFailures.account(settings)));
    }
  }

  private void trouble(Reach reach, String why) {
    var last = replicaSnapshot;
    if (last != null) {
      replicaSnapshot = last.with(reach);
    }
    if (!troubled) {
      troubled = true;
      switch (reach) {
        case FOLLOWED, AWAY ->
            LOG.warn(
                "[directory-offline] {}: {}",
                last == null
                    ? "nobody is known yet, so nobody gets in"
                    : "who is known gets in for " + settings.cache().offlineFor(),
                why);
        case REFUSED -> LOG.warn("[directory-not-copied] every login asks it: {}", why);
      }
    }
  }

  /** Ends when it is interrupted. */
  private void probe(LDAPConnection open, AtomicBoolean preferred) {
    try {
      while (!preferred.get()) {
        Thread.sleep(PROBE);
        preferred.set(servers.isAnotherPreferred(open));
      }
    } catch (InterruptedException e) {
      LOG.debug("the session is over");
    }
  }

  private final class Report implements ReplicaSession.Progress {
    @Override
    public void complete(Replica replica) {
      var first = replicaSnapshot == null;
      replicaSnapshot = new ReplicaSnapshot(replica, clock.instant(), Reach.FOLLOWED);
      resumable = true;
      if (first || troubled) {
        LOG.info("[directory-online] {} people are known", replica.countOfPeople());
      }
      troubled = false;
    }

    @Override
    public void confirmed() {
      var now = replicaSnapshot;
      if (now != null) {
        replicaSnapshot = now.at(clock.instant());
      }
    }
  }
}
