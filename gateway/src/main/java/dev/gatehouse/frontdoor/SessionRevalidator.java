package dev.gatehouse.frontdoor;

import static java.util.stream.Collectors.groupingBy;

import dev.gatehouse.admission.Admission;
import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.directory.Directory;
import dev.gatehouse.directory.PersonLookup;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.frontdoor.login.RevokedKeys;
import dev.gatehouse.name.Username;
import dev.gatehouse.scheduling.PeriodicTask;
import dev.gatehouse.workspace.WorkspaceInfo;
import dev.gatehouse.workspace.Workspaces;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every few seconds, and at once after a change of the definition, at who is connected, and
 * ends the connections that are no longer allowed.
 */
public final class SessionRevalidator implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SessionRevalidator.class);

  private final Supplier<ClusterDefinition> definition;
  private final RevokedKeys revoked;
  private final Directory directory;
  private final Admission admission;
  private final Workspaces workspaces;
  private final Connections connections;
  private final PeriodicTask task;

  private final AtomicLong rounds = new AtomicLong();

  /** Begins at once. */
  public SessionRevalidator(
      Supplier<ClusterDefinition> definition,
      RevokedKeys revoked,
      Directory directory,
      Admission admission,
      Workspaces workspaces,
      Connections connections) {
    this.definition = definition;
    this.revoked = revoked;
    this.directory = directory;
    this.admission = admission;
    this.workspaces = workspaces;
    this.connections = connections;
    this.task =
        PeriodicTask.every(
            () -> definition.get().login().recheckInterval(), "revalidation", this::round);
  }

  @Override
  public void close() {
    task.close();
  }

  /** How many rounds there were. */
  public long rounds() {
    return rounds.get();
  }

  /** Looks at once, and does not wait for it. */
  public void soon() {
    task.soon();
  }

  private void round() {
    revoked.refresh();
    // First: who was let in by a definition is never judged by the one before.
    var open = connections.current();
    var revalidationRule = new RevalidationRule(definition.get().login(), revoked.get(), admission);
    open.stream()
        .collect(groupingBy(c -> c.login().person().username()))
        .forEach((person, theirs) -> checkAlone(revalidationRule, person, theirs));
    rounds.incrementAndGet();
  }

  /** What goes wrong with one person keeps nobody else from being looked at. */
  private void checkAlone(
      RevalidationRule revalidationRule, Username person, List<Connection> theirs) {
    try {
      check(revalidationRule, person, theirs);
    } catch (FailureException e) {
      LOG.warn("[recheck-failed] {} stays as they are until the next round", person, e);
    } catch (RuntimeException e) {
      LOG.error("[recheck-broken] {} stays as they are until the next round", person, e);
    }
  }

  private void check(RevalidationRule revalidationRule, Username person, List<Connection> theirs) {
    var lookup = lookUp(person);
    var owned = owned(person);
    for (var connection : theirs) {
      if (lookup instanceof PersonLookup.Found(var now)) {
        connection.renew(now);
      }
      connection.recheckApps();
      revalidationRule
          .objection(
              connection.login(),
              lookup,
              connection.isGiven() && owned.isPresent(),
              owned.orElse(List.of()))
          .ifPresent(
              why -> {
                LOG.info(
                    "[session-ended] {} from {}: {}",
                    person,
                    connection.login().from(),
                    why.code());
                connection.end(why.line());
              });
    }
  }

  /** Empty while nobody can say: then no workspace is taken away, and all else is looked at. */
  private Optional<List<WorkspaceInfo>> owned(Username person) {
    try {
      return Optional.of(workspaces.list(person));
    } catch (FailureException e) {
      LOG.debug("the workspaces of {} are not known now", person, e);
      return Optional.empty();
    }
  }

  private PersonLookup lookUp(Username person) {
    try {
      return directory.person(person);
    } catch (FailureException e) {
      return new PersonLookup.Unavailable(e.failure().code());
    }
  }
}
