package dev.gatehouse.console.commands.user;

import dev.gatehouse.console.PersonWorkspaces;
import dev.gatehouse.workspace.WorkspaceInfo;
import java.util.List;
import java.util.Optional;

/** What somebody who is being removed has: their workspaces, and their home. */
record Belongings(PersonWorkspaces theirs) {
  boolean hasHome() {
    return theirs.home().isPresent();
  }

  List<WorkspaceInfo> workspaces() {
    return theirs.all();
  }

  /**
   * Deletes all of it; Ctrl-C ends the waiting, and the same command goes on later.
   *
   * @return the snapshot that the home left behind
   */
  Optional<String> delete() throws InterruptedException {
    var call = theirs.call();
    for (var workspace : theirs.all()) {
      var id = workspace.id();
      call.audit("workspace delete " + id);
      var _ = call.await("deleting " + id, theirs.port().delete(id), goesOn());
    }
    call.audit("home delete " + theirs.owner());
    return call.await(
        "deleting the home of " + theirs.owner(),
        theirs.port().deleteHome(theirs.owner()),
        goesOn());
  }

  private String goesOn() {
    return "%s is disabled; to go on: gate user remove %s --delete-home"
        .formatted(theirs.owner(), theirs.owner());
  }
}
