package dev.gatehouse.workspace.kubernetes;

import static java.util.stream.Collectors.toSet;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.workspace.Endpoint;
import dev.gatehouse.workspace.Progress;
import dev.gatehouse.workspace.StartProgress;
import dev.gatehouse.workspace.WorkspaceSpec;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One start of a workspace, on a virtual thread of its own: it asks for the pod, then looks at
 * every change that the cluster shows until the pod is ready or will not be. It goes on when nobody
 * watches any more. One that fails leaves the workspace stopped, or not there if it was not.
 */
final class StartAttempt implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(StartAttempt.class);
  private static final long TRY_AGAIN_MILLIS = 200;
  private static final long TRY_AGAIN_MOST_MILLIS = 4000;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);
  private static final int LOG_LINES = 5;
  private static final String KEY_MISSING = "host-key-missing";

  private static final String NO_API_SERVER = "waiting for the cluster's API server";

  private static final Duration HOME_ENDS_WITHIN = Duration.ofSeconds(15);

  private final Backend backend;
  private final WorkspaceSpec spec;
  private final String name;
  private final Duration timeout;
  private final Future<?> lastStop;
  private final StartProgress progress = new StartProgress();
  private final Instant began;
  private final Thread thread;

  /** The events of starts before this one. */
  private final Set<String> old;

  private boolean isNew;
  private volatile boolean ended;
  private final AskedSet asked;

  /** What is waited for with less patience, and since when. */
  private Optional<Finding.Waiting> brief = Optional.empty();

  private Instant briefSince = Instant.MAX;

  /** No event tells of an sshd that begins to listen. */
  private Duration nextLook = ViewWait.LOOK_AGAIN;

  private String told = "";
  private String obstacle = NO_API_SERVER;
  private String estimate = "";

  /**
   * @param lastStop is over when the cluster has been told to stop what ran before
   */
  StartAttempt(Backend backend, WorkspaceSpec spec, Duration timeout, Future<?> lastStop) {
    this.backend = backend;
    this.spec = spec;
    this.name = ObjectName.of(spec.id());
    this.timeout = timeout;
    this.lastStop = lastStop;
    this.asked = new AskedSet(backend, spec);
    this.began = backend.clock().instant();
    this.old =
        Stream.of(name, ObjectName.home(spec.id().owner()))
            .flatMap(object -> backend.cluster().events(object).stream())
            .map(StartAttempt::version)
            .collect(toSet());
    this.thread = Thread.ofVirtual().name("start-" + spec.id()).unstarted(this);
  }

  StartProgress progress() {
    return progress;
  }

  StartAttempt begin() {
    thread.start();
    return this;
  }

  /** This gateway closes: others may go on with it. */
  void abandon() {
    thread.interrupt();
  }

  /** Somebody stops the workspace: when this returns, nothing more is asked for. */
  synchronized void end() {
    ended = true;
  }

  @Override
  public void run() {
    try (var wait = new ViewWait(backend.cluster(), name)) {
      estimate =
          Estimate.of(backend.cluster().setsOf(spec.type().name()))
              .map(usual -> ", usually %d s in all".formatted(usual.toSeconds()))
              .orElse("");
      awaitLastStop();
      ask();
      watch(wait);
    } catch (FailureException e) {
      fail(e);
    } catch (RuntimeException e) {
      LOG.error("[workspace-start-broken] start of {} failed", spec.id(), e);
      fail(KubernetesFailures.of(e));
    } catch (InterruptedException e) {
      progress.fail(
          new FailureException(
              new Failure.Unavailable("gateway-closing", "the gateway is closing"), e));
    }
  }

  // ---- asking for it ----

  private void awaitLastStop() throws InterruptedException {
    if (!lastStop.isDone()) {
      step("waiting for the last run to end");
    }
    try {
      lastStop.get();
    } catch (ExecutionException e) {
      LOG.debug("the stop before this start of {} failed", spec.id(), e);
    }
  }

  private void ask() throws InterruptedException {
    step("asking the cluster for it");
    for (var pause = TRY_AGAIN_MILLIS; !asked(); pause = longer(pause)) {
      step(obstacle);
      Thread.sleep(pause);
    }
  }

  private static long longer(long pause) {
    return Math.min(2 * pause, TRY_AGAIN_MOST_MILLIS);
  }

  /** Answers false if it may go better in a moment. */
  private boolean asked() throws InterruptedException {
    try {
      if (!backend.cluster().isKnown()) {
        throw new FailureException(unknown());
      }
      askOnce();
      return true;
    } catch (KubernetesClientException e) {
      if (!KubernetesFailures.mayPass(e) || isLate()) {
        throw KubernetesFailures.of(e);
      }
      LOG.warn("[kubernetes-retry] {}: {}", spec.id(), KubernetesFailures.describe(e));
      obstacle = NO_API_SERVER;
      return false;
    } catch (FailureException e) {
      if (ended || isLate() || isHomeEndingForLong(e)) {
        throw e;
      }
      obstacle =
          e.failure().code().equals(WorkspaceWrites.HOME_ENDING)
              ? "waiting for the home, which is being deleted"
              : NO_API_SERVER;
      return false;
    }
  }

  private boolean isHomeEndingForLong(FailureException e) {
    return e.failure().code().equals(WorkspaceWrites.HOME_ENDING)
        && Duration.between(began, backend.clock().instant()).compareTo(HOME_ENDS_WITHIN) > 0;
  }

  private synchronized void askOnce() throws InterruptedException {
    requireWanted();
    var set = backend.cluster().set(name);
    if (set.isPresent() && View.wantsToRun(set.get())) {
      // Another gateway's start, or one that a node's death interrupted: Kubernetes goes on with
      // it.
      asked.join(set.get());
      return;
    }
    isNew = isNew || set.isEmpty();
    var now = backend.clock().instant().toString();
    var marks =
        Map.of(
            Annotations.STARTED_AT,
            now,
            Annotations.LAST_USE,
            now,
            Annotations.STOPPED_AT,
            "",
            Annotations.STOPPED_FOR,
            "");
    var home = HomeMount.beside(spec.id(), backend.cluster());
    var prepared = set.map(Prepared::of).orElse(Prepared.NOTHING);
    asked.begin(
        backend
            .workspaceWrites()
            .run(spec, home, prepared, marks, () -> backend.people().require(spec.owner())));
  }

  private void requireWanted() {
    if (ended) {
      throw new FailureException(stopped());
    }
  }

  // ---- waiting for it ----

  private void watch(ViewWait wait) throws InterruptedException {
    while (true) {
      requireWanted();
      var found = look();
      switch (found) {
        case Finding.Ready(var pod) -> {
          if (isReached(pod)) {
            return;
          }
        }
        case Finding.Waiting waiting -> {
          step(waiting.what());
          if (isLate() || isWaitedForEnough(waiting)) {
            throw new FailureException(waiting.ifTooLong());
          }
        }
        case Finding.Hopeless(var why) -> throw new FailureException(why);
        case Finding.Crashing crash -> throw new FailureException(crashed(crash));
      }
      wait.pause(nextLook);
    }
  }

  private boolean isReached(Pod pod) {
    try {
      succeed(
          new Endpoint(backend.podAddress().address(pod), spec.id().owner().value(), hostKey()));
      return true;
    } catch (KubernetesClientException e) {
      if (!KubernetesFailures.mayPass(e) || isLate()) {
        throw KubernetesFailures.of(e);
      }
      LOG.debug("the API server is asked again for the way to {}", spec.id(), e);
      return false;
    }
  }

  /** The view may not show the Secret yet. */
  private SshPublicKey hostKey() {
    return backend
        .cluster()
        .secret(name)
        .or(() -> backend.workspaceWrites().secret(name))
        .map(Identity::hostKey)
        .orElseThrow(() -> new FailureException(keyMissing()));
  }

  private boolean isWaitedForEnough(Finding.Waiting now) {
    if (!brief.equals(Optional.of(now))) {
      brief = Optional.of(now);
      briefSince = backend.clock().instant();
    }
    var waited = Duration.between(briefSince, backend.clock().instant());
    return now.atMost().filter(most -> waited.compareTo(most) > 0).isPresent();
  }

  private Finding look() throws InterruptedException {
    try {
      return lookNow();
    } catch (KubernetesClientException e) {
      if (!KubernetesFailures.mayPass(e)) {
        throw e;
      }
      LOG.debug("the API server is asked again about {}", spec.id(), e);
      return new Finding.Waiting(NO_API_SERVER, unknown());
    } catch (FailureException e) {
      if (e.failure().code().equals(WorkspaceWrites.HOME_ENDING)) {
        return new Finding.Waiting("waiting for the home, which is being deleted", e.failure())
            .atMost(HOME_ENDS_WITHIN);
      }
      throw e;
    }
  }

  private Finding lookNow() throws InterruptedException {
    var cluster = backend.cluster();
    var set = asked.set();
    if (set.isEmpty()) {
      return new Finding.Waiting("asking the cluster for it", unknown());
    }
    if (!View.wantsToRun(set.get())) {
      throw new FailureException(stopped());
    }
    backend.stranded().look(name);
    var pod = pod(set.get());
    if (pod.isPresent()) {
      asked.furnish(pod.get());
      if (backend.stranded().answers(pod.get()) || listens(pod.get())) {
        return new Finding.Ready(pod.get());
      }
    }
    return new Diagnosis(
            pod,
            pod.map(p -> cluster.events(p.getMetadata().getName())).orElseGet(List::of).stream()
                .filter(
                    e -> pod.get().getMetadata().getUid().equals(e.getInvolvedObject().getUid()))
                .toList(),
            news(name),
            news(ObjectName.home(spec.id().owner())),
            pod.flatMap(Diagnosis::unplaced)
                .flatMap(_ -> backend.room().oversize(spec.type().hardware())),
            pod.flatMap(Diagnosis::unplaced)
                .flatMap(_ -> new PoolRoom(backend.room()).outlook(spec)))
        .finding();
  }

  /** Each time a little later: a volume or an image may yet take minutes. */
  private boolean listens(Pod pod) {
    if (!ListeningPods.mayListen(pod)) {
      nextLook = ViewWait.LOOK_AGAIN;
      return false;
    }
    nextLook = nextLook.equals(ViewWait.LOOK_AGAIN) ? FIRST_PAUSE : nextLook.plus(FIRST_PAUSE);
    if (nextLook.compareTo(LONGEST_PAUSE) > 0) {
      nextLook = LONGEST_PAUSE;
    }
    return backend.listening().ask(name, pod);
  }

  /** What happened to an object since this start began: an event that happens again is new. */
  private List<Event> news(String object) {
    return backend.cluster().events(object).stream()
        .filter(e -> !old.contains(version(e)))
        .toList();
  }

  private static String version(Event event) {
    return event.getMetadata().getUid() + " " + event.getMetadata().getResourceVersion();
  }

  /** One that ends is there for as long as the next one is not. */
  private Optional<Pod> pod(StatefulSet set) {
    return backend.cluster().pods(name).stream()
        .filter(p -> (!backend.stoppingPods().contains(p) && View.isOf(set, p)) || View.isEnding(p))
        .min(Comparator.comparing(View::isEnding));
  }

  private void succeed(Endpoint endpoint) {
    progress.succeed(endpoint);
    var seconds = Duration.between(began, backend.clock().instant()).toSeconds();
    LOG.info("[workspace-started] {} after {} s", spec.id(), seconds);
    try {
      var before =
          backend
              .cluster()
              .set(name)
              .flatMap(s -> Annotations.annotation(s, Annotations.START_SECONDS));
      var _ =
          backend
              .workspaceWrites()
              .annotate(
                  name,
                  Map.of(Annotations.START_SECONDS, Estimate.remember(before.orElse(""), seconds)));
    } catch (RuntimeException e) {
      LOG.debug("the next estimate does without this start", e);
    }
  }

  private Failure crashed(Finding.Crashing crash) {
    var lines = "";
    try {
      var log =
          backend
              .workspaceWrites()
              .log(crash.pod().getMetadata().getName(), crash.container(), LOG_LINES, true);
      lines = log.isEmpty() ? "" : "; its last words: " + Quote.plain(String.join(" | ", log));
    } catch (RuntimeException e) {
      LOG.debug("there is no log of {}", spec.id(), e);
    }
    return new Failure.Broken(
        "workspace-crashes",
        "its container %s ends %s, again and again%s"
            .formatted(crash.container(), crash.how(), lines));
  }

  // ---- the end ----

  private void fail(FailureException e) {
    LOG.info("[workspace-start-failed] {}: {}", spec.id(), e.failure().line());
    // Before anybody hears of it: who tries again finds it stopped.
    giveUp(e.failure());
    progress.fail(e);
  }

  private void giveUp(Failure why) {
    if (UNTOUCHED.contains(why.code())) {
      return;
    }
    try {
      if (isNew) {
        backend.workspaceWrites().delete(name);
      } else {
        var now = backend.clock().instant().toString();
        var _ =
            backend
                .workspaceWrites()
                .stop(
                    name,
                    Map.of(
                        Annotations.STOPPED_AT,
                        now,
                        Annotations.STOPPED_FOR,
                        "failure",
                        // It may have been wrong: the next start finds it out.
                        Annotations.PREPARED,
                        ""));
      }
    } catch (RuntimeException e) {
      LOG.warn(
          "[workspace-left] {} could not be stopped after its start failed: {}",
          spec.id(),
          KubernetesFailures.describe(e));
    }
  }

  private static final String STOPPED = AskedSet.STOPPED;

  /** Nobody's programs end for these: they may go on, and a stop is for the person to say. */
  private static final Set<String> UNTOUCHED = Set.of(STOPPED, Diagnosis.NODE_LOST, KEY_MISSING);

  private Failure keyMissing() {
    return new Failure.Broken(
        KEY_MISSING,
        "the host key of workspace %1$s is gone from the cluster (Secret %2$s), so nobody can be let in; what runs there goes on; gate workspace stop %1$s, then connect again, makes a new key"
            .formatted(spec.id().name(), name));
  }

  private Failure stopped() {
    return new Failure.Unavailable(STOPPED, "workspace %s was stopped".formatted(spec.id().name()));
  }

  private static Failure unknown() {
    return new Failure.Unavailable(
        "kubernetes-unavailable", "the cluster's API server does not answer; try again soon");
  }

  private boolean isLate() {
    return Duration.between(began, backend.clock().instant()).compareTo(timeout) > 0;
  }

  private void step(String what) {
    if (!what.equals(told)) {
      told = what;
      progress.step(new Progress(what + estimate, backend.clock().instant()));
    }
  }
}
