package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.workspace.kubernetes.NodeRoom.Oversize;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.Volume;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says in a person's words what a workspace that starts is waiting for, from what Kubernetes shows
 * of it. A pure function of its values.
 *
 * @param pod the one that is to run it; absent until there is one
 * @param podEvents about that pod
 * @param setEvents about the StatefulSet, since the start began
 * @param homeEvents about the claim of the home, since the start began
 * @param oversize present if no node could hold it were it empty; asked for {@link #unplaced} pods
 * @param pool what may be expected of the pool that it needs a node of; asked for these too
 */
record Diagnosis(
    Optional<Pod> pod,
    List<Event> podEvents,
    List<Event> setEvents,
    List<Event> homeEvents,
    Optional<Oversize> oversize,
    Optional<PoolOutlook> pool) {

  /** As above, where nothing is known of pools. */
  Diagnosis(
      Optional<Pod> pod,
      List<Event> podEvents,
      List<Event> setEvents,
      List<Event> homeEvents,
      Optional<Oversize> oversize) {
    this(pod, podEvents, setEvents, homeEvents, oversize, Optional.empty());
  }

  static final String NODE_LOST = "node-lost";

  private static final Set<String> NEVER_PULLED = Set.of("InvalidImageName", "ErrImageNeverPull");
  private static final Set<String> NOT_PULLED =
      Set.of("ErrImagePull", "ImagePullBackOff", "ImageInspectError", "RegistryUnavailable");
  private static final Set<String> NOT_MADE =
      Set.of("CreateContainerConfigError", "CreateContainerError", "RunContainerError");

  /** A kubelet or a runtime that never gets as far as to ask a registry. */
  private static final String NO_NAME = "invalid reference format";

  /** Autoscalers say within this whether they get a node. */
  private static final Duration AUTOSCALER_SPEAKS = Duration.ofSeconds(30);

  /** A node that is only restarted is back by then; one that is lost is not for minutes. */
  private static final Duration NODE_IS_BACK = Duration.ofSeconds(30);

  private static final Pattern MISSING_CLAIM =
      Pattern.compile("persistentvolumeclaim \"([^\"]+)\" not found");

  /** What registries say of images that are not there; containerd and docker pass it on. */
  private static final List<String> MISSING =
      List.of("not found", "manifest unknown", "does not exist", "name unknown", "name invalid");

  private static final List<String> WITHHELD =
      List.of("unauthorized", "denied", "authorization failed", "403 forbidden");

  /** Of Pod Security, policies of the site, and the API server itself. */
  private static final List<String> REFUSALS =
      List.of("is forbidden", "denied the request", "is invalid");

  private static final int MANY_RESTARTS = 2;

  /** As {@code k8s/toolbox/start} begins its last words. */
  private static final String TOOLBOX_SAYS = "toolbox: ";

  /** What runtimes say of a program that is not in the image. */
  private static final Pattern NO_TOOLBOX =
      Pattern.compile("/gate/bin/\\w+.*(no such file|not found)", Pattern.CASE_INSENSITIVE);

  Finding finding() {
    return pod.map(this::ofPod).orElseGet(this::withoutPod);
  }

  // ---- no pod yet ----

  private Finding withoutPod() {
    var refused = last(setEvents, "FailedCreate").map(Diagnosis::message);
    if (refused.isEmpty()) {
      return waiting("asking for a pod", unavailable("no-pod", "the cluster made no pod for it"));
    }
    var message = refused.get();
    if (message.contains("exceeded quota")) {
      return new Finding.Hopeless(KubernetesFailures.quota(message));
    }
    var why = message.replaceFirst("^create Pod .* failed error: ", "");
    if (REFUSALS.stream().anyMatch(why::contains)) {
      return new Finding.Hopeless(
          new Failure.Broken(
              "pod-refused", "the cluster refuses the pod of this machine type: " + why));
    }
    // A webhook that does not answer, a service account that is not there yet.
    return waiting("asking for a pod: " + why, unavailable("no-pod", "no pod is made: " + why));
  }

  // ---- a pod ----

  private Finding ofPod(Pod pod) {
    if (View.isStranded(pod)) {
      return silentNode(pod);
    }
    if (View.isEnding(pod)) {
      return waiting(
          "waiting for the last run to end",
          unavailable("workspace-stopping", "its last run does not end; its node may be lost"));
    }
    if (isTrue(pod, "Ready") && pod.getStatus().getPodIP() != null) {
      return new Finding.Ready(pod);
    }
    var end = PodEnd.of(pod);
    if (end.isPresent()) {
      return waiting(
          "waiting for it to start again: " + end.get(),
          unavailable("workspace-evicted", end.get() + "; it is to start again, try again soon"));
    }
    var unplaced = unplaced(pod);
    if (unplaced.isPresent()) {
      return unscheduled(pod, text(unplaced.get().getMessage()));
    }
    return statuses(pod)
        .flatMap(status -> troubleOf(pod, status).stream())
        .findFirst()
        .or(this::volumeTrouble)
        .orElseGet(() -> step(pod));
  }

  private static Finding silentNode(Pod pod) {
    var node = SilentNode.of(pod);
    return new Finding.Waiting(
            "waiting for " + node.described(),
            unavailable(
                NODE_LOST,
                "%s, and neither does the workspace; %s".formatted(node.silence(), node.outlook())))
        .atMost(NODE_IS_BACK);
  }

  /** What the scheduler says, if it has found no node. */
  static Optional<PodCondition> unplaced(Pod pod) {
    return condition(pod, "PodScheduled").filter(c -> "False".equals(c.getStatus()));
  }

  private Finding unscheduled(Pod pod, String message) {
    var claim = MISSING_CLAIM.matcher(message);
    if (claim.find()) {
      return isHome(pod, claim.group(1))
          ? waiting(
              "waiting for the home, which is made anew",
              unavailable("no-volume", "the home's volume claim is not there"))
          : new Finding.Hopeless(
              new Failure.Broken(
                  "volume-not-found",
                  "this machine type wants the volume claim %s, and there is none of that name in"
                          .formatted(Quote.of(claim.group(1)))
                      + " the workspaces' namespace; an administrator must make it, or change the"
                      + " machine type"));
    }
    var growing = last(podEvents, "TriggeredScaleUp", "Nominated");
    if (growing.isEmpty() && oversize.isPresent()) {
      return tooLarge(oversize.get());
    }
    if (message.contains("unbound immediate PersistentVolumeClaims")) {
      var why = last(homeEvents, "ProvisioningFailed").map(Diagnosis::message).orElse("");
      return waiting(
          "waiting for the volume of the home" + after(why),
          unavailable("no-volume", "no volume could be made for the home" + after(why)));
    }
    if (message.contains("volume node affinity conflict")) {
      return waiting(
          "waiting for a node where the home's volume can be",
          unavailable("no-node", "no node can take it where the home's volume is"));
    }
    var lack = Shortage.in(message);
    var noNode =
        unavailable(
            "no-node",
            (lack.isEmpty()
                    ? "no node can take it" + after(message)
                    : Shortage.ofNodes("no node", message))
                + pool.map(PoolOutlook::trouble).orElse("")
                + Shortage.advice(message));
    if (growing.isPresent()) {
      return waiting(newNode(growing.get()), noNode);
    }
    if (pool.filter(PoolOutlook::isFull).isPresent()) {
      var full = pool.get().full(lack.isEmpty() ? "" : Shortage.ofNodes("none", message));
      // Somebody may be leaving just now; but who waits is told at once.
      return isNotGrowing()
          ? new Finding.Hopeless(full)
          : new Finding.Waiting("waiting for room: " + full.message(), full)
              .atMost(AUTOSCALER_SPEAKS);
    }
    if (isNotGrowing()) {
      return new Finding.Hopeless(
          unavailable(
              "no-node",
              (lack.isEmpty() ? "no node can take it" : Shortage.ofNodes("no node", message))
                  + ", and the cluster cannot get one that does"
                  + Shortage.advice(message)));
    }
    var waiting =
        new Finding.Waiting(
            "waiting for a %s: %s%s"
                .formatted(
                    pool.map(PoolOutlook::node).orElse("node"),
                    lack.isEmpty() ? message : Shortage.ofNodes("none", message),
                    pool.map(p -> "; " + p.next("")).orElse("")),
            noNode);
    // A pool that is scaled to zero has no node of the kind, and gets one.
    return Shortage.isLasting(message) && pool.filter(PoolOutlook::mayGrow).isEmpty()
        ? waiting.atMost(AUTOSCALER_SPEAKS)
        : waiting;
  }

  /** Which pool grows, by whose word, and how long that takes; the event has the rest. */
  private String newNode(Event growing) {
    var maker =
        "TriggeredScaleUp".equals(growing.getReason()) ? "the cluster autoscaler" : "Karpenter";
    return pool.map(p -> "waiting for a new %s: %s".formatted(p.node(), p.next(maker)))
        .orElseGet(() -> "waiting for a new node" + after(message(growing)));
  }

  private Finding tooLarge(Oversize oversize) {
    var noNode = unavailable("no-node", "no node can take it: " + oversize.words());
    return oversize.isFinal() || isNotGrowing()
        ? new Finding.Hopeless(noNode)
        : new Finding.Waiting("waiting for a larger node: " + oversize.words(), noNode)
            .atMost(AUTOSCALER_SPEAKS);
  }

  private boolean isNotGrowing() {
    return last(podEvents, "NotTriggerScaleUp").filter(Diagnosis::isFinal).isPresent();
  }

  private static boolean isHome(Pod pod, String claim) {
    return pod.getSpec() != null
        && pod.getSpec().getVolumes().stream()
            .filter(v -> PodVolumes.HOME.equals(v.getName()))
            .map(Volume::getPersistentVolumeClaim)
            .anyMatch(home -> home != null && claim.equals(home.getClaimName()));
  }

  /** The autoscaler tries a node group again some minutes after the cloud had no machine for it. */
  private static boolean isFinal(Event notGrowing) {
    return !message(notGrowing).contains("backoff");
  }

  private Optional<Finding> troubleOf(Pod pod, ContainerStatus status) {
    var waiting =
        Optional.ofNullable(status.getState())
            .map((ContainerState s) -> (@Nullable ContainerStateWaiting) s.getWaiting());
    var reason = waiting.map(ContainerStateWaiting::getReason).map(Diagnosis::text).orElse("");
    var message = waiting.map(ContainerStateWaiting::getMessage).map(Diagnosis::text).orElse("");
    if (NEVER_PULLED.contains(reason) || message.contains(NO_NAME)) {
      return Optional.of(new Finding.Hopeless(missingImage(status, message)));
    }
    if (NOT_PULLED.contains(reason)) {
      return Optional.of(notPulled(status, message));
    }
    var lacking = lackingToolbox(pod, status, message);
    if (lacking.isPresent()) {
      return lacking;
    }
    if (NOT_MADE.contains(reason) && !message.contains("failed to sync")) {
      return Optional.of(
          new Finding.Hopeless(
              new Failure.Broken(
                  "container-not-made",
                  "the container of this machine type cannot be made" + after(message))));
    }
    if (isCrashing(status, reason)) {
      return Optional.of(new Finding.Crashing(pod, status.getName(), how(status)));
    }
    return Optional.empty();
  }

  /** A machine type says that its image holds the toolbox, and the image does not, or another. */
  private static Optional<Finding> lackingToolbox(Pod pod, ContainerStatus status, String waiting) {
    if (!isIncluded(pod)) {
      return Optional.empty();
    }
    var said =
        Stream.concat(
                Stream.of(waiting), lastEnd(status).map(end -> text(end.getMessage())).stream())
            .toList();
    return said.stream()
        .filter(text -> text.startsWith(TOOLBOX_SAYS))
        .map(text -> text.substring(TOOLBOX_SAYS.length()))
        .findFirst()
        .or(
            () ->
                said.stream().filter(NO_TOOLBOX.asPredicate()).findFirst().map(_ -> "is not there"))
        .map(
            why ->
                new Finding.Hopeless(
                    new Failure.Broken(
                        "toolbox-not-included",
                        "the definition says of this machine type toolbox: included, and the toolbox in its image %s %s; build the image with the toolbox of this release (docs/images.md), or leave the key out"
                            .formatted(Quote.of(status.getImage()), why))));
  }

  private static boolean isIncluded(Pod pod) {
    return Optional.ofNullable(pod.getSpec()).stream()
        .flatMap(spec -> spec.getContainers().stream())
        .flatMap(container -> container.getEnv().stream())
        .anyMatch(variable -> PodTemplate.TOOLBOX_VARIABLE.equals(variable.getName()));
  }

  /** The reason alternates between the error and the pause after it; the event keeps the error. */
  private Finding notPulled(ContainerStatus status, String message) {
    var said =
        Stream.concat(
                Stream.of(message),
                podEvents.stream()
                    .filter(e -> "Failed".equals(e.getReason()))
                    .map(Diagnosis::message)
                    .filter(m -> m.contains(status.getImage())))
            .map(m -> m.toLowerCase(Locale.ROOT))
            .toList();
    if (said.stream().anyMatch(m -> m.contains("may require authorization"))) {
      return new Finding.Hopeless(missingImage(status, "or is not for this cluster to see"));
    }
    if (said.stream().anyMatch(m -> MISSING.stream().anyMatch(m::contains))) {
      return new Finding.Hopeless(missingImage(status, ""));
    }
    if (said.stream().anyMatch(m -> WITHHELD.stream().anyMatch(m::contains))) {
      return new Finding.Hopeless(
          new Failure.Broken(
              "image-denied",
              "the registry does not give the image %s to this cluster"
                  .formatted(Quote.of(status.getImage()))));
    }
    return waiting(
        "pulling the image %s, which has failed and is tried again".formatted(status.getImage()),
        unavailable(
            "image-not-pulled",
            "the image %s could not be pulled%s"
                .formatted(Quote.of(status.getImage()), after(message))));
  }

  private static Failure missingImage(ContainerStatus status, String message) {
    return new Failure.Broken(
        "image-not-found",
        "the image %s of this machine type does not exist%s"
            .formatted(Quote.of(status.getImage()), message.isEmpty() ? "" : ", " + message));
  }

  private static boolean isCrashing(ContainerStatus status, String reason) {
    var ended = lastEnd(status);
    return reason.equals("CrashLoopBackOff")
        || (ended.isPresent() && count(status.getRestartCount()) >= MANY_RESTARTS);
  }

  private static String how(ContainerStatus status) {
    return lastEnd(status)
        .map(
            end ->
                "OOMKilled".equals(end.getReason())
                    ? "because it needs more memory than its machine type gives it"
                    : "with exit code " + end.getExitCode() + cause(end))
        .orElse("at once");
  }

  /** What the kubelet or the runtime says, where the program never came to say anything. */
  private static String cause(ContainerStateTerminated end) {
    var message = text(end.getMessage());
    return message.isEmpty() ? "" : " (%s)".formatted(message);
  }

  private static Optional<ContainerStateTerminated> lastEnd(ContainerStatus status) {
    return Stream.of(status.getState(), status.getLastState())
        .filter(Objects::nonNull)
        .map(ContainerState::getTerminated)
        .filter(Objects::nonNull)
        .filter(end -> count(end.getExitCode()) != 0)
        .findFirst();
  }

  private Optional<Finding> volumeTrouble() {
    var done = last(podEvents, "SuccessfulAttachVolume", "Pulling", "Pulled").map(Moments::of);
    return last(podEvents, "FailedAttachVolume", "FailedMount", "FailedCreatePodSandBox")
        .filter(trouble -> done.isEmpty() || Moments.of(trouble).isAfter(done.get()))
        .map(trouble -> volumeTrouble(message(trouble)));
  }

  private static Finding volumeTrouble(String message) {
    if (message.contains("Multi-Attach")) {
      return waiting(
          "waiting for the home: it is still attached to another node",
          unavailable(
              "home-attached-elsewhere",
              "the home is still attached to another node, which may be lost; the cluster lets go"
                  + " of it some minutes after"));
    }
    return waiting(
        "waiting for its volumes: " + message,
        unavailable("no-volume", "its volumes could not be mounted: " + message));
  }

  private Finding step(Pod pod) {
    var begun = statuses(pod).findAny().isPresent();
    var initialized = isTrue(pod, "Initialized");
    var pulling = last(podEvents, "Pulling", "Pulled", "Created", "Started");
    var what =
        pulling.isPresent() && "Pulling".equals(pulling.get().getReason())
            ? message(pulling.get()).replaceFirst("^Pulling image", "pulling the image")
            : initialized
                ? (ranOutOfMemory(pod)
                        ? "waiting for its sshd: it ran out of memory and was started again"
                        : "waiting for its sshd")
                    + after(homeNote(pod))
                : begun ? "preparing it" : "attaching its volumes";
    return waiting(
        what, unavailable("workspace-start-timeout", "it did not start in time, while " + what));
  }

  private static boolean ranOutOfMemory(Pod pod) {
    return statuses(pod)
        .flatMap(status -> lastEnd(status).stream())
        .anyMatch(end -> "OOMKilled".equals(end.getReason()));
  }

  /** What the toolbox's people adds to the same message, for {@link Prepared}. */
  private static final Pattern FOR_THE_GATEWAY = Pattern.compile("(?m)^users:.*$");

  /** What the toolbox's home has to say of the volume, by the container's termination message. */
  private static String homeNote(Pod pod) {
    return statuses(pod)
        .map(ContainerStatus::getState)
        .filter(Objects::nonNull)
        .map(ContainerState::getTerminated)
        .filter(Objects::nonNull)
        .map(ContainerStateTerminated::getMessage)
        .filter(Objects::nonNull)
        .map(message -> text(FOR_THE_GATEWAY.matcher(message).replaceAll("")))
        .filter(note -> !note.isEmpty())
        .findFirst()
        .orElse("");
  }

  // ---- small things ----

  private static Finding waiting(String what, Failure ifTooLong) {
    return new Finding.Waiting(what, ifTooLong);
  }

  private static Failure unavailable(String code, String message) {
    return new Failure.Unavailable(code, message);
  }

  private static String after(String detail) {
    return detail.isEmpty() ? "" : ": " + detail;
  }

  private static Stream<ContainerStatus> statuses(Pod pod) {
    return Optional.ofNullable(pod.getStatus()).stream()
        .flatMap(s -> Stream.of(s.getInitContainerStatuses(), s.getContainerStatuses()))
        .filter(Objects::nonNull)
        .flatMap(List::stream);
  }

  static Optional<PodCondition> condition(Pod pod, String type) {
    var status = pod.getStatus();
    return status == null || status.getConditions() == null
        ? Optional.empty()
        : status.getConditions().stream().filter(c -> type.equals(c.getType())).findFirst();
  }

  static boolean isTrue(Pod pod, String type) {
    return condition(pod, type).filter(c -> "True".equals(c.getStatus())).isPresent();
  }

  static boolean isFalse(Pod pod, String type) {
    return condition(pod, type).filter(c -> "False".equals(c.getStatus())).isPresent();
  }

  /** The latest event of one of these reasons. */
  private static Optional<Event> last(List<Event> events, String... reasons) {
    var wanted = Set.of(reasons);
    return events.stream()
        .filter(e -> e.getReason() != null && wanted.contains(e.getReason()))
        .max((a, b) -> Moments.of(a).compareTo(Moments.of(b)));
  }

  private static String message(Event event) {
    return text(event.getMessage());
  }

  /** One line: it comes from registries, drivers and webhooks. */
  private static String text(@Nullable String message) {
    return message == null ? "" : Quote.plain(message.strip());
  }

  private static int count(@Nullable Integer number) {
    return number == null ? 0 : number;
  }
}
