package dev.gatehouse.frontdoor;

import dev.gatehouse.admission.Admission;
import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.console.LiveSessions;
import dev.gatehouse.directory.Directory;
import dev.gatehouse.directory.PersonLookup;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.frontdoor.login.RevokedKeys;
import dev.gatehouse.name.Username;
import dev.gatehouse.workspace.WorkspaceInfo;
import dev.gatehouse.workspace.Workspaces;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The connections of this gateway as the console sees them, and which of them a change of the
 * definition would end: by the rule by which {@link SessionRevalidator} ends them.
 *
 * @param definition the one that is in force
 */
public record OwnSessions(
    Connections connections,
    Supplier<ClusterDefinition> definition,
    RevokedKeys revoked,
    Directory directory,
    Workspaces workspaces)
    implements LiveSessions {
  @Override
  public List<LiveSession> all() {
    return connections.all();
  }

  @Override
  public List<LiveSession> endedBy(String text) {
    var next = rule(ClusterDefinitionFile.parse("cluster.yaml", text));
    var now = rule(definition.get());
    var people = new HashMap<Username, Known>();
    return connections.current().stream()
        .filter(
            connection -> {
              var known =
                  people.computeIfAbsent(connection.login().person().username(), this::known);
              return known.objects(next, connection) && !known.objects(now, connection);
            })
        .map(Connection::describe)
        .toList();
  }

  @Override
  public boolean kill(long id, String reason) {
    return connections.kill(id, reason);
  }

  @Override
  public int message(long id, String text) {
    return connections.message(id, text);
  }

  private RevalidationRule rule(ClusterDefinition wanted) {
    return new RevalidationRule(wanted.login(), revoked.get(), new Admission(() -> wanted));
  }

  private Known known(Username person) {
    PersonLookup lookup;
    try {
      lookup = directory.person(person);
    } catch (FailureException e) {
      lookup = new PersonLookup.Unavailable(e.failure().code());
    }
    try {
      return new Known(lookup, Optional.of(workspaces.list(person)));
    } catch (FailureException e) {
      return new Known(lookup, Optional.empty());
    }
  }

  /** What is known of a person; their workspaces may not be. */
  private record Known(PersonLookup lookup, Optional<List<WorkspaceInfo>> owned) {
    boolean objects(RevalidationRule rule, Connection connection) {
      return rule.objection(
              connection.login(),
              lookup,
              connection.isGiven() && owned.isPresent(),
              owned.orElse(List.of()))
          .isPresent();
    }
  }
}
