package dev.gatehouse.console.commands.service;

import dev.gatehouse.cluster.WorkspaceService;
import dev.gatehouse.cluster.WorkspaceService.Listens;

/**
 * How a person reaches a service.
 *
 * @param login as {@code alice+gpu@example.com}
 * @param home of the person, where the workspace has it
 */
record ServiceTunnel(WorkspaceService service, String login, String home) {
  private static final int OF_SOCKETS = 8080;

  /** The port of the person's machine where the tunnel begins, if they ask for no other. */
  int usualPort() {
    return service.listens() instanceof Listens.Port(var number) ? number : OF_SOCKETS;
  }

  String command(int port) {
    return "ssh -N -L %d:%s %s".formatted(port, target(), login);
  }

  private String target() {
    return switch (service.listens()) {
      case Listens.Port(var number) -> "localhost:" + number;
      case Listens.Socket(var path) -> path.startsWith("~/") ? home + path.substring(1) : path;
    };
  }

  String address(int port, String token) {
    return "http://localhost:%d%s"
        .formatted(port, service.path().replace(WorkspaceService.TOKEN, token));
  }
}
