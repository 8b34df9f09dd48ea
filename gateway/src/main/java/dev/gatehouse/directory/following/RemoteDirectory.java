package dev.gatehouse.directory.following;

import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import dev.gatehouse.cluster.LdapSettings;
import dev.gatehouse.cluster.LdapSettings.Bind;
import dev.gatehouse.directory.Directory;
import dev.gatehouse.directory.LdapDirectory;
import dev.gatehouse.directory.LdapFailures;
import dev.gatehouse.directory.LdapTls;
import dev.gatehouse.directory.PeopleAdministration;
import dev.gatehouse.directory.PersonEntry;
import dev.gatehouse.directory.Roster;
import dev.gatehouse.directory.SchemaMapping;
import dev.gatehouse.directory.Search;
import dev.gatehouse.directory.Servers;
import dev.gatehouse.directory.editing.CountedNumbers;
import dev.gatehouse.directory.editing.LdapAdministration;
import dev.gatehouse.directory.editing.LdapSelfService;
import dev.gatehouse.directory.editing.Passwords;
import dev.gatehouse.directory.editing.TreeChange;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * A site's own LDAP servers. People are looked up in a copy that follows the directory; a pool of
 * connections asks and changes as the gateway; a password is checked on a connection of its own,
 * which is nobody else's afterwards.
 */
public final class RemoteDirectory implements AutoCloseable {
  private static final int MAX_CONNECTIONS = 8;

  private final LDAPConnectionPool pool;
  private final Directory direct;
  private final ReplicaUpdater replicaUpdater;
  private final Directory directory;
  private final PeopleAdministration administration;
  private final PeopleAdministration.SelfService selfService;

  private RemoteDirectory(LdapSettings settings, Servers servers, InstantSource clock) {
    var schemaMapping = SchemaMapping.of(settings.schema());
    pool = pool(servers, settings, clock);
    direct =
        new LdapDirectory(
            pool::search, (dn, pw) -> servers.as(dn, pw).close(), schemaMapping, clock);
    replicaUpdater = new ReplicaUpdater(settings, servers, schemaMapping, clock);
    directory = new CopiedDirectory(direct, replicaUpdater::copied, settings.cache(), clock);
    var roster =
        new FollowedRoster(
            () ->
                Roster.read(
                    pool::search,
                    schemaMapping,
                    new PersonEntry(clock, schemaMapping.foldsNames())),
            replicaUpdater::copiedAtOnce,
            settings.cache().maxAge(),
            clock);
    selfService =
        new LdapSelfService(
            schemaMapping, pool, new Impersonation(servers, isReadOnly(settings), roster::changed));
    administration =
        new LdapAdministration(
            schemaMapping,
            new CountedNumbers(schemaMapping.tree(), settings.ids()),
            (_, dn, password) -> Passwords.change(pool, dn, null, password),
            pool,
            roster,
            isReadOnly(settings) ? _ -> refuse() : change -> change(change, roster),
            direct,
            selfService,
            LdapFailures.account(settings),
            clock);
  }

  private void change(TreeChange change, FollowedRoster roster) throws LDAPException {
    try {
      change.on(pool);
    } finally {
      roster.changed();
    }
  }

  /** The gateway writes entries of the usual forms only. */
  private static boolean isReadOnly(LdapSettings settings) {
    return settings.readOnly() || !settings.schema().isWritable();
  }

  private static void refuse() {
    throw new FailureException(LdapFailures.readOnly());
  }

  /** As the people themselves, each on a connection of their own. */
  private record Impersonation(Servers servers, boolean readOnly, Runnable changed)
      implements LdapSelfService.Impersonator {
    @Override
    public void change(String dn, String password, TreeChange change) throws LDAPException {
      try (var connection = servers.as(dn, password)) {
        if (readOnly) {
          refuse();
        }
        change.on(connection);
        changed.run();
      }
    }

    @Override
    public void changePassword(String dn, String password, String replacement)
        throws LDAPException {
      try (var connection = servers.as(dn, password)) {
        if (readOnly) {
          refuse();
        }
        Passwords.change(connection, dn, password, replacement);
      }
    }
  }

  /**
   * Makes the pool; servers that do not answer now are asked again when somebody is looked up.
   *
   * @throws UserError if the password, the certificates or a filter cannot be used
   */
  public static RemoteDirectory open(LdapSettings settings, InstantSource clock) {
    check(settings);
    return new RemoteDirectory(settings, new Servers(settings, clock), clock);
  }

  /**
   * Returns what keeps people from being asked for at these servers now; empty if nothing does.
   * Blocks.
   */
  public static Optional<String> objection(LdapSettings settings, InstantSource clock) {
    try {
      check(settings);
      return objection(new Servers(settings, clock), SchemaMapping.of(settings.schema()));
    } catch (UserError e) {
      return Optional.of(e.text());
    }
  }

  private static Optional<String> objection(Servers servers, SchemaMapping schemaMapping) {
    var base = schemaMapping.tree().people();
    try (var connection = servers.forFollowing()) {
      var anybody = new Search(base, schemaMapping.accounts(), 1, List.of("1.1"));
      return anybody.in(connection::search).isEmpty()
          ? Optional.of(Quote.plain(base) + ": there is nobody")
          : Optional.empty();
    } catch (LDAPException e) {
      return e.getResultCode().equals(ResultCode.SIZE_LIMIT_EXCEEDED)
          ? Optional.empty() // there are several
          : Optional.of(Quote.plain(base) + ": " + LdapFailures.describe(e));
    }
  }

  /** The people in it. */
  public Directory directory() {
    return directory;
  }

  /** The same, each question put to a server. */
  public Directory direct() {
    return direct;
  }

  /** The copy that lookups are answered from; empty until there is one. */
  public Optional<ReplicaSnapshot> copied() {
    return replicaUpdater.copied();
  }

  /** How many questions and changes were sent by the gateway's own connections. */
  long operations() {
    return pool.getConnectionPoolStatistics().getNumSuccessfulCheckouts();
  }

  /** The same people, for who may change them. */
  public PeopleAdministration administration() {
    return administration;
  }

  /** The same people, for themselves. */
  public PeopleAdministration.SelfService selfService() {
    return selfService;
  }

  @Override
  public void close() {
    replicaUpdater.close();
    pool.close();
  }

  /** At the start a mistake in the files is told to who starts the gateway. */
  private static void check(LdapSettings settings) {
    if (settings.bind() instanceof Bind.Simple(_, var file)) {
      LdapTls.password(file);
    }
    try {
      new LdapTls(settings).tls();
    } catch (GeneralSecurityException e) {
      throw new UserError(
          ExitCode.CONFIG, "directory.ldap: the certificates cannot be used: " + e.getMessage());
    }
  }

  private static LDAPConnectionPool pool(
      Servers servers, LdapSettings settings, InstantSource clock) {
    try {
      // No connection at first: the gateway comes up while the directory is away.
      var pool =
          new LDAPConnectionPool(
              servers, null, 0, MAX_CONNECTIONS, 0, null, false, new PoolHealth(clock));
      pool.setRetryFailedOperationsDueToInvalidConnections(true);
      pool.setMaxWaitTimeMillis(settings.timeout().toMillis());
      return pool;
    } catch (LDAPException e) {
      throw new AssertionError("a pool without connections has nothing to fail on", e);
    }
  }
}
