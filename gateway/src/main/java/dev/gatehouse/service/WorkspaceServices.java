package dev.gatehouse.service;

import dev.gatehouse.cluster.WorkspaceService;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.name.ServiceName;
import dev.gatehouse.text.SafeText;
import dev.gatehouse.workspace.Endpoint;
import dev.gatehouse.workspace.WorkspaceId;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts, stops and shows the services of workspaces that run. All who want the same service at one
 * gateway share one start; those of several gateways meet in the workspace, where a lock lets one
 * of them start it.
 */
public final class WorkspaceServices {
  private static final Logger LOG = LoggerFactory.getLogger(WorkspaceServices.class);

  /** For requests that only look, or stop: a service has 10 s to end. */
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  /** As it was defined then, in the run of the workspace then. */
  private record Key(WorkspaceId workspace, WorkspaceService service, Endpoint endpoint) {}

  private final WorkspaceLinks links;
  private final Pauses<Key> pauses;
  private final Map<Key, CompletableFuture<Void>> starts = new HashMap<>();

  public WorkspaceServices(WorkspaceLinks links, InstantSource clock) {
    this.links = links;
    this.pauses = new Pauses<>(clock);
  }

  /**
   * Starts a service, unless it runs, or joins a start that is under way. After one that failed
   * there is a pause.
   *
   * @param endpoint where the workspace runs
   * @return completes when the service is ready, or fails with a {@link FailureException}
   */
  public CompletionStage<Void> startForTunnel(
      WorkspaceId workspace, WorkspaceService service, Endpoint endpoint) {
    return start(new Key(workspace, service, endpoint), false);
  }

  /** As {@link #startForTunnel}, at once even after a start that failed: a person asks for it. */
  public CompletionStage<Void> start(
      WorkspaceId workspace, WorkspaceService service, Endpoint endpoint) {
    return start(new Key(workspace, service, endpoint), true);
  }

  private synchronized CompletionStage<Void> start(Key key, boolean atOnce) {
    var present = starts.get(key);
    if (present != null) {
      return present.minimalCompletionStage();
    }
    var refusal = atOnce ? Optional.<FailureException>empty() : pauses.refusal(key);
    if (refusal.isPresent()) {
      return CompletableFuture.failedStage(refusal.get());
    }
    var start = new CompletableFuture<Void>();
    starts.put(key, start);
    Thread.ofVirtual()
        .name("service-%s-%s".formatted(key.workspace, key.service.name()))
        .start(() -> run(key, start));
    return start.minimalCompletionStage();
  }

  private void run(Key key, CompletableFuture<Void> start) {
    var what = "%s in %s".formatted(key.service.name(), key.workspace);
    try {
      new ServiceStart(key.workspace, key.service).run(links, key.endpoint);
      LOG.info("[service-started] {}", what);
      pauses.succeeded(key);
      forget(key);
      start.complete(null);
    } catch (FailureException e) {
      LOG.info("[{}] {}: {}", e.failure().code(), what, SafeText.line(e.failure().message()));
      fail(key, start, e);
    } catch (RuntimeException e) {
      LOG.error("[service-broken] the start of {} failed", what, e);
      fail(
          key,
          start,
          new FailureException(
              new Failure.Broken(
                  "service-broken",
                  "service %s could not be started".formatted(key.service.name()))));
    }
  }

  private void fail(Key key, CompletableFuture<Void> start, FailureException why) {
    pauses.failed(key, why.failure());
    forget(key);
    start.completeExceptionally(why);
  }

  private synchronized void forget(Key key) {
    starts.remove(key);
  }

  /**
   * How it stands with all services that were ever started in this run of the workspace. Blocks.
   */
  public List<ServiceState> states(Endpoint endpoint) {
    return ask(endpoint, Requests.states()).stream()
        .flatMap(line -> ServiceState.parse(line).stream())
        .toList();
  }

  /**
   * Stops a service. Blocks until it has ended.
   *
   * @return how it stands now; empty if it was never started
   */
  public Optional<ServiceState> stop(
      WorkspaceId workspace, ServiceName service, Endpoint endpoint) {
    return ask(endpoint, Requests.stop(service, workspace.name())).stream()
        .flatMap(line -> ServiceState.parse(line).stream())
        .reduce((_, last) -> last);
  }

  /** What a service wrote last, oldest first. Blocks. */
  public List<String> logs(
      WorkspaceId workspace, ServiceName service, Endpoint endpoint, int lines) {
    return after("log ", ask(endpoint, Requests.logs(service, workspace.name(), lines)));
  }

  /** What a person needs to use a service; its token is made if there is none. Blocks. */
  public ServiceAccess access(WorkspaceId workspace, WorkspaceService service, Endpoint endpoint) {
    var request =
        service.tokenVariable().isPresent()
            ? Requests.token(service.name(), workspace.name())
            : Requests.states();
    var lines = ask(endpoint, request);
    return new ServiceAccess(
        after("home ", lines).stream().findFirst().orElse(""),
        after("token ", lines).stream().findFirst());
  }

  private static List<String> after(String word, List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith(word))
        .map(line -> line.substring(word.length()))
        .toList();
  }

  private List<String> ask(Endpoint endpoint, List<String> request) {
    try (var link = links.open(endpoint, PATIENCE);
        var dialogue = Dialogue.open(link, request)) {
      var lines = new ArrayList<String>();
      for (var line = dialogue.next(); line.isPresent(); line = dialogue.next()) {
        lines.add(line.get());
      }
      return lines;
    } catch (IOException e) {
      throw new FailureException(
          new Failure.Unavailable("service-lost", "the connection to the workspace was lost"), e);
    }
  }
}
