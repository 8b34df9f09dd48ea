package dev.gatehouse.frontdoor;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.WorkspaceService;
import dev.gatehouse.cluster.WorkspaceService.Listens;
import dev.gatehouse.relay.ServiceDial;
import dev.gatehouse.relay.TunnelTarget;
import dev.gatehouse.service.WorkspaceServices;
import dev.gatehouse.workspace.WorkspaceId;
import dev.gatehouse.workspace.Workspaces;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Finds the service that a tunnel leads to, by the definition in force at that moment. */
record ServiceTunnels(
    Supplier<ClusterDefinition> definition, Workspaces workspaces, WorkspaceServices services) {
  private static final Set<String> LOOPBACK =
      Set.of("localhost", "127.0.0.1", "::1", "ip6-localhost", "ip6-loopback");

  /**
   * What starts the service at this target, if any machine type has one there: the workspace's own
   * type is looked up when nothing listens.
   */
  Optional<ServiceDial> dial(WorkspaceId workspace, TunnelTarget target) {
    return all().anyMatch(service -> isAt(target, service.listens()))
        ? Optional.of(
            endpoint ->
                find(workspace, target)
                    .map(service -> services.startForTunnel(workspace, service, endpoint)))
        : Optional.empty();
  }

  private Stream<WorkspaceService> all() {
    return definition.get().machineTypes().values().stream()
        .flatMap(type -> type.services().values().stream());
  }

  private Optional<WorkspaceService> find(WorkspaceId workspace, TunnelTarget target) {
    var types = definition.get().machineTypes();
    return workspaces.list(workspace.owner()).stream()
        .filter(info -> info.id().equals(workspace))
        .flatMap(info -> Stream.ofNullable(types.get(info.type())))
        .flatMap(type -> type.services().values().stream())
        .filter(service -> isAt(target, service.listens()))
        .findFirst();
  }

  /** A path in the home is known by its end: only the workspace knows where the home is. */
  private static boolean isAt(TunnelTarget target, Listens listens) {
    return switch (target) {
      case TunnelTarget.Port(var host, var port) ->
          listens instanceof Listens.Port(var number) && number == port && LOOPBACK.contains(host);
      case TunnelTarget.Socket(var path) ->
          listens instanceof Listens.Socket(var socket)
              && (socket.startsWith("~/")
                  ? path.endsWith(socket.substring(1))
                  : path.equals(socket));
    };
  }
}
