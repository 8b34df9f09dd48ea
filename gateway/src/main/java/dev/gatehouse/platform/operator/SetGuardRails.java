package dev.gatehouse.platform.operator;

import dev.gatehouse.platform.objects.LiveObjects;
import dev.gatehouse.platform.objects.Manifests;
import dev.gatehouse.platform.objects.ObjectKey;
import dev.gatehouse.platform.objects.Trees;
import dev.gatehouse.platform.values.GuardRails;
import java.util.Optional;

/** The guard rails that a person's apply has set, in an object that no gateway can write. */
final class SetGuardRails {
  private static final String USUAL_WORKSPACES = "gatehouse-workspaces";

  private SetGuardRails() {}

  /** Empty if nobody has set them, or somebody has emptied them: then everything waits. */
  static Optional<GuardRails> read(LiveObjects live, String namespace) {
    return live.get(new ObjectKey("v1", "ConfigMap", namespace, GuardRails.CONFIG_MAP))
        .map(map -> Trees.text(Trees.map(map.tree().get("data")).get(GuardRails.KEY)))
        .filter(text -> !text.isBlank())
        .map(text -> new GuardRails(Manifests.tree(text)))
        .filter(rails -> !rails.limits().isEmpty());
  }

  /** The namespace of the workspaces, as the person has set it up. */
  static String workspaces(LiveObjects live, String namespace) {
    return read(live, namespace)
        .map(rails -> Trees.text(rails.limits().get("kubernetes.namespace")))
        .filter(name -> !name.isEmpty())
        .orElse(USUAL_WORKSPACES);
  }
}
