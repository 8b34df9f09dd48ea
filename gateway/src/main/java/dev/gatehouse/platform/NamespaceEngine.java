package dev.gatehouse.platform;

import dev.gatehouse.platform.Part.OwnNamespace;
import dev.gatehouse.platform.objects.KubernetesObject;
import dev.gatehouse.platform.objects.LiveObjects;
import dev.gatehouse.platform.objects.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes the namespace that Helm keeps its records in, marked as an object of the release that
 * describes it, so that this release adopts it.
 */
final class NamespaceEngine implements Engine<OwnNamespace> {
  private final LiveObjects live;

  NamespaceEngine(LiveObjects live) {
    this.live = live;
  }

  @Override
  public PartPlan plan(OwnNamespace part) {
    var changes =
        live.get(key(part))
            .map(n -> existing(part, n))
            .orElseGet(() -> List.of(ObjectChange.create(key(part))));
    return new PartPlan(part, changes, Optional.empty());
  }

  @Override
  public void apply(OwnNamespace part, PartPlan plan, Consumer<String> waits) {
    if (plan.isEmpty()) {
      return;
    }
    if (live.get(key(part)).isPresent()) {
      live.merge(key(part), Map.of("metadata", marks(part)));
    } else {
      live.create(
          new KubernetesObject(
              key(part),
              Map.of(
                  "apiVersion", "v1",
                  "kind", "Namespace",
                  "metadata", Ownership.with(marks(part), "name", part.namespace()))));
    }
  }

  private static List<ObjectChange> existing(OwnNamespace part, KubernetesObject namespace) {
    if (namespace.isEnding()) {
      return List.of(ObjectChange.create(key(part)).refused(Ownership.ending(key(part))));
    }
    if (namespace.isOf(part.namespace(), part.release())) {
      return List.of();
    }
    var adopted = ObjectChange.change(key(part), List.of()).noted("taken over");
    return List.of(
        Ownership.isFree(namespace) ? adopted : adopted.refused(Ownership.others(namespace)));
  }

  private static Map<String, Object> marks(OwnNamespace part) {
    return KubernetesObject.ownership(part.namespace(), part.release());
  }

  private static ObjectKey key(OwnNamespace part) {
    return new ObjectKey("v1", "Namespace", "", part.namespace());
  }
}
