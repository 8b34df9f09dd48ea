package dev.gatehouse.platform.doctor;

import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributesBuilder;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a gateway asks the API server for. A test finds what the code asks for and is missing here,
 * as another does for the Role.
 */
final class GatewayRights {
  /**
   * @param name empty for any object
   */
  record Right(String verb, String group, String resource, String namespace, String name) {
    ResourceAttributes attributes() {
      var parts = resource.split("/", 2);
      return new ResourceAttributesBuilder()
          .withVerb(verb)
          .withGroup(group)
          .withResource(parts[0])
          .withSubresource(parts.length > 1 ? parts[1] : null)
          .withNamespace(namespace)
          .withName(name.isEmpty() ? null : name)
          .build();
    }

    @Override
    public String toString() {
      return "%s %s%s in %s".formatted(verb, resource, name.isEmpty() ? "" : " " + name, namespace);
    }
  }

  private GatewayRights() {}

  static List<Right> of(String workspaces, String gateways) {
    return Stream.of(
            each(workspaces, "apps", "statefulsets", "", "get,list,watch,create,patch,delete"),
            each(workspaces, "", "services", "", "create,patch,delete"),
            each(workspaces, "", "secrets", "", "get,list,watch,create,patch,delete"),
            each(workspaces, "", "persistentvolumeclaims", "", "get,list,create,patch,delete"),
            each(
                workspaces,
                "snapshot.storage.k8s.io",
                "volumesnapshots",
                "",
                "get,list,create,patch,delete"),
            each(workspaces, "batch", "jobs", "", "get,create"),
            each(workspaces, "", "configmaps", "gatehouse-people", "get,create,patch"),
            each(workspaces, "", "pods", "", "list,watch"),
            each(workspaces, "", "events", "", "list,watch"),
            each(workspaces, "", "pods/log", "", "get"),
            each(workspaces, "metrics.k8s.io", "pods", "", "get"),
            each(gateways, "", "secrets", "gatehouse-keys", "get,update"),
            each(gateways, "", "secrets", "gatehouse-second-factors-00", "get,update"),
            each(gateways, "", "secrets", "", "create"),
            each(gateways, "", "pods", "", "list"),
            each(gateways, "coordination.k8s.io", "leases", "gatehouse-leader", "get,update"),
            each(gateways, "coordination.k8s.io", "leases", "", "create"),
            each(gateways, "", "configmaps", "gatehouse-definition", "get,list,watch,update"),
            each(gateways, "", "configmaps", "gatehouse-status", "get,list,watch"),
            each(gateways, "", "configmaps", "gatehouse-requests", "get,patch"),
            each(gateways, "", "configmaps", "gatehouse-usage-01", "get"),
            each(gateways, "apps", "controllerrevisions", "", "get,list,create,delete"))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Right> each(
      String namespace, String group, String resource, String name, String verbs) {
    return Stream.of(verbs.split(","))
        .map(verb -> new Right(verb, group, resource, namespace, name))
        .toList();
  }
}
