package dev.gatehouse.service;

import dev.gatehouse.cluster.WorkspaceService;
import dev.gatehouse.cluster.WorkspaceService.Listens;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.text.SafeText;
import dev.gatehouse.workspace.Endpoint;
import dev.gatehouse.workspace.WorkspaceId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One start of a service, from the request to its end; whoever comes meanwhile joins it. */
final class ServiceStart {
  /** Beyond the time that the service has to be ready: to connect, and to end it. */
  private static final Duration MARGIN = Duration.ofSeconds(45);

  private final WorkspaceId workspace;
  private final WorkspaceService service;
  private String home = "";
  private String lastWords = "";

  ServiceStart(WorkspaceId workspace, WorkspaceService service) {
    this.workspace = workspace;
    this.service = service;
  }

  /**
   * Blocks until the service is ready.
   *
   * @throws FailureException if it does not come to that
   */
  void run(WorkspaceLinks links, Endpoint endpoint) {
    var limit = service.readyTimeout().plus(MARGIN);
    try (var link = links.open(endpoint, limit)) {
      run(link);
    } catch (IOException e) {
      throw lost(e);
    }
  }

  private void run(WorkspaceLink link) throws IOException {
    var deadline = System.nanoTime() + service.readyTimeout().toNanos();
    try (var dialogue = Dialogue.open(link, request())) {
      while (true) {
        var line = dialogue.next();
        if (line.isEmpty()) {
          throw lost(null);
        }
        var state = heard(line.get());
        if (state == null) {
          continue;
        }
        if (!state.isUp()) {
          throw ended(dialogue, state);
        }
        if (isReady(link)) {
          dialogue.ready();
          awaitMark(dialogue);
          return;
        }
        if (System.nanoTime() > deadline) {
          throw tooLate(link);
        }
      }
    }
  }

  /** From then on the workspace starts it again after a crash. */
  private void awaitMark(Dialogue dialogue) throws IOException {
    for (var line = dialogue.next(); line.isPresent(); line = dialogue.next()) {
      var state = heard(line.get());
      if (state != null && state.phase() == ServiceState.Phase.RUNNING) {
        return;
      }
    }
  }

  private boolean isReady(WorkspaceLink link) throws IOException {
    return new Readiness(link, service, home).isReady();
  }

  /** A state, if the line is one. */
  private @Nullable ServiceState heard(String line) {
    if (line.startsWith("home ")) {
      home = line.substring("home ".length());
    } else if (line.startsWith("log ")) {
      lastWords = line.substring("log ".length());
    } else if (line.startsWith("error ")) {
      throw new FailureException(
          new Failure.Unavailable(
              "service-refused",
              "%s was not started: %s".formatted(name(), SafeText.line(line.substring(6)))));
    }
    return ServiceState.parse(line).filter(s -> s.name().equals(service.name())).orElse(null);
  }

  private FailureException ended(Dialogue dialogue, ServiceState state) throws IOException {
    for (var line = dialogue.next(); line.isPresent(); line = dialogue.next()) {
      if (!line.get().startsWith("log gatehouse: ")) {
        heard(line.get());
      }
    }
    return switch (state.phase()) {
      case FAILED ->
          new FailureException(
              new Failure.Broken(
                  "service-failed",
                  "%s ended with status %d%s"
                      .formatted(
                          name(),
                          state.status(),
                          lastWords.isBlank() ? "" : ": " + SafeText.line(lastWords))));
      case STARTING, RUNNING, STOPPED, LOST ->
          new FailureException(
              new Failure.Unavailable(
                  "service-stopped", "%s was stopped while it started".formatted(name())));
    };
  }

  /** What hangs would else be found running by the next, who would wait for it again. */
  private FailureException tooLate(WorkspaceLink link) throws IOException {
    try (var stop = Dialogue.open(link, Requests.stop(service.name(), workspace.name()))) {
      for (var line = stop.next(); line.isPresent(); line = stop.next()) {
        heard(line.get());
      }
    }
    return new FailureException(
        new Failure.Unavailable(
            "service-not-ready",
            "%s was not ready within %d s (%s), and was stopped; see gate service logs %s"
                .formatted(name(), service.readyTimeout().toSeconds(), awaited(), service.name())));
  }

  private String awaited() {
    var where =
        switch (service.listens()) {
          case Listens.Port(var number) -> "port " + number;
          case Listens.Socket(var path) -> "socket " + path;
        };
    return service.readyPath().map(path -> "GET %s on %s".formatted(path, where)).orElse(where);
  }

  private FailureException lost(@Nullable IOException e) {
    return new FailureException(
        new Failure.Unavailable(
            "service-lost",
            "the connection to the workspace was lost while %s started".formatted(name())),
        e);
  }

  private String name() {
    return "service " + service.name();
  }

  private List<String> request() {
    return Requests.start(service, workspace.name());
  }
}
