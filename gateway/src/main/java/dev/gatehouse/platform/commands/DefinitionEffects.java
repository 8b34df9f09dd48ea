package dev.gatehouse.platform.commands;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.cluster.revisions.DefinitionStore;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.platform.Effects;
import dev.gatehouse.platform.Effects.Facts;
import dev.gatehouse.platform.ObjectChange;
import dev.gatehouse.platform.ObjectChange.Action;
import dev.gatehouse.platform.Part.DefinitionPart;
import dev.gatehouse.platform.Plan;
import dev.gatehouse.platform.objects.ApiFailures;
import dev.gatehouse.workspace.kubernetes.KnownWorkspaces;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;

/**
 * What a change of the definition does to people, as far as it is known outside of the gateways:
 * connections are not, nor is who may use what.
 */
final class DefinitionEffects {
  private final KubernetesClient client;
  private final DefinitionStore store;

  DefinitionEffects(KubernetesClient client, DefinitionStore store) {
    this.client = client;
    this.store = store;
  }

  /** Returns none where the plan does not change the definition that is there. */
  List<String> of(Plan plan, ClusterDefinition after) {
    if (plan.parts().stream()
        .filter(part -> part.part() instanceof DefinitionPart)
        .flatMap(part -> part.changes().stream())
        .map(ObjectChange::action)
        .noneMatch(Action.CHANGE::equals)) {
      return List.of();
    }
    try {
      var before = ClusterDefinitionFile.parse("the definition", store.current().text());
      return Effects.of(before, after, facts(before)).all().stream()
          .map(Effects.Effect::text)
          .toList();
    } catch (UserError e) {
      // By a broken one nobody works: what was in force before it is not known here.
      return List.of();
    }
  }

  private Facts facts(ClusterDefinition before) {
    var workspaces =
        ApiFailures.told(
            "list the workspaces",
            () -> KnownWorkspaces.of(client, before.kubernetes().namespace()));
    return new Facts(List.of(), workspaces, Map.of());
  }
}
