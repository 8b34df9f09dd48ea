package dev.gatehouse.console;

import dev.gatehouse.admission.Decision;
import dev.gatehouse.directory.Person;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.name.WorkspaceName;
import dev.gatehouse.workspace.WorkspaceInfo;
import dev.gatehouse.workspace.WorkspaceSpec;
import java.util.List;
import java.util.Optional;

/** One person's workspaces, and nobody else's. */
record OwnWorkspaces(Person person, Services services) {
  boolean administrator() {
    return services.admission().isAdministrator(person);
  }

  List<WorkspaceInfo> all() {
    return services.workspaces().list(person.username());
  }

  Optional<WorkspaceInfo> find(WorkspaceName name) {
    return all().stream().filter(w -> w.id().name().equals(name)).findFirst();
  }

  /**
   * What is needed to start it.
   *
   * @throws FailureException if the person may not have it
   */
  WorkspaceSpec admitted(WorkspaceName name) {
    return switch (services.admission().workspace(person, name, all())) {
      case Decision.Granted(var spec) -> spec;
      case Decision.Denied(var why) -> throw new FailureException(why);
    };
  }

  /**
   * A workspace that is there, or that would be made if it were started.
   *
   * @throws FailureException if it is neither
   */
  WorkspaceView view(WorkspaceName name) {
    return find(name)
        .map(info -> WorkspaceView.of(info, services))
        .orElseGet(() -> WorkspaceView.ofNew(admitted(name), services));
  }
}
