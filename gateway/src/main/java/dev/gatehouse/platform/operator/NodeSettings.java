package dev.gatehouse.platform.operator;

import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.cluster.WorkspaceSettings;
import dev.gatehouse.cluster.revisions.DefinitionStore;
import dev.gatehouse.cluster.revisions.Revision;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.platform.nodes.DrainSettings;
import dev.gatehouse.platform.objects.LiveObjects;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the definition and the guard rails say of nodes, now. Blocks. */
final class NodeSettings {
  private final LiveObjects live;
  private final DefinitionStore store;
  private final String namespace;

  private record Read(long revision, Duration warning, int atOnce) {}

  /** A definition is parsed once, not every few seconds. */
  private @Nullable Read last;

  /**
   * @param namespace of the gateways and the operator
   */
  NodeSettings(LiveObjects live, DefinitionStore store, String namespace) {
    this.live = live;
    this.store = store;
    this.namespace = namespace;
  }

  String namespace() {
    return namespace;
  }

  /** The namespace of the workspaces. */
  String workspaces() {
    return SetGuardRails.workspaces(live, namespace);
  }

  /** More at once than a person has applied are not emptied, whatever the definition says. */
  DrainSettings ofDrains() {
    var wanted = read(store.current());
    var atOnce =
        SetGuardRails.read(live, namespace)
            .map(rails -> rails.drainsAtOnce(wanted.atOnce()))
            .orElse(1);
    return new DrainSettings(wanted.warning(), atOnce, namespace, workspaces());
  }

  private synchronized Read read(Revision revision) {
    if (last == null || last.revision() != revision.number()) {
      last = read(revision.number(), revision.text());
    }
    return last;
  }

  private static Read read(long revision, String text) {
    try {
      var workspaces = ClusterDefinitionFile.parse("the definition", text).workspaces();
      return new Read(revision, workspaces.drainWarning(), workspaces.drainsAtOnce());
    } catch (UserError e) {
      // The status says what is wrong with it; people are given time all the same.
      return new Read(revision, WorkspaceSettings.DRAIN_WARNING, 1);
    }
  }
}
