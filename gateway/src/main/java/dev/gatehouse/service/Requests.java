package dev.gatehouse.service;

import dev.gatehouse.cluster.WorkspaceService;
import dev.gatehouse.name.ServiceName;
import dev.gatehouse.name.WorkspaceName;
import java.util.ArrayList;
import java.util.List;

/**
 * What the program in the workspace is asked for. No value has a line break: the definition sees to
 * it.
 */
final class Requests {
  private Requests() {}

  static List<String> start(WorkspaceService service, WorkspaceName workspace) {
    var lines = new ArrayList<>(one("start", service.name(), workspace));
    lines.add("command " + service.command());
    lines.add("folder " + service.folder());
    service.tokenVariable().ifPresent(variable -> lines.add("token " + variable));
    service.environment().forEach((name, value) -> lines.add("env %s=%s".formatted(name, value)));
    return lines;
  }

  static List<String> states() {
    return List.of("do states");
  }

  static List<String> stop(ServiceName service, WorkspaceName workspace) {
    return one("stop", service, workspace);
  }

  static List<String> token(ServiceName service, WorkspaceName workspace) {
    return one("token", service, workspace);
  }

  static List<String> logs(ServiceName service, WorkspaceName workspace, int count) {
    var lines = new ArrayList<>(one("logs", service, workspace));
    lines.add("lines " + count);
    return lines;
  }

  private static List<String> one(String what, ServiceName service, WorkspaceName workspace) {
    return List.of("do " + what, "name " + service, "workspace " + workspace);
  }
}
