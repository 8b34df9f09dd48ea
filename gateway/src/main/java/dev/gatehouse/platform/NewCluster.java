package dev.gatehouse.platform;

import dev.gatehouse.platform.Part.DefinitionPart;
import dev.gatehouse.platform.Part.DirectorySecretsPart;
import dev.gatehouse.platform.Part.GonePool;
import dev.gatehouse.platform.Part.OwnNamespace;
import dev.gatehouse.platform.Part.PoolPart;
import dev.gatehouse.platform.Part.ReleasePart;
import dev.gatehouse.platform.Part.StackPart;
import dev.gatehouse.platform.helm.Renderer;
import dev.gatehouse.platform.objects.Manifests;
import dev.gatehouse.platform.objects.ObjectKey;
import dev.gatehouse.platform.revisions.RevisionObjects;
import java.util.List;
import java.util.Optional;

/** Plans for a cluster that is not there yet: everything would be created. Asks nobody. */
public final class NewCluster {
  private final Renderer charts;
  private final String namespace;

  /**
   * @param charts stays the caller's
   * @param namespace of the gateways
   */
  public NewCluster(Renderer charts, String namespace) {
    this.charts = charts;
    this.namespace = namespace;
  }

  public Plan plan(List<Part> desired) {
    return new Plan(
        desired.stream()
            .map(
                part ->
                    new PartPlan(
                        part,
                        objects(part).stream().map(ObjectChange::create).toList(),
                        Optional.empty()))
            .toList());
  }

  private List<ObjectKey> objects(Part part) {
    return switch (part) {
      case OwnNamespace own -> List.of(new ObjectKey("v1", "Namespace", "", own.namespace()));
      case ReleasePart release ->
          Manifests.read(charts.render(release.release()), release.release().namespace()).stream()
              .filter(object -> !object.isHook())
              .map(object -> object.key())
              .toList();
      case DefinitionPart _ ->
          List.of(new ObjectKey("v1", "ConfigMap", namespace, RevisionObjects.NAME));
      case DirectorySecretsPart secrets ->
          List.of(new ObjectKey("v1", "Secret", secrets.namespace(), "directory-tls"));
      case PoolPart pool -> List.of(PoolPartEngine.key(pool.pool().name()));
      case GonePool _, StackPart _ -> List.of();
    };
  }
}
