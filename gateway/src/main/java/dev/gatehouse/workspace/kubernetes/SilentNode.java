package dev.gatehouse.workspace.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Toleration;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.Optional;

/**
 * A node whose kubelet does not answer, as one of its pods shows it.
 *
 * @param name empty if the pod does not say
 * @param since when the cluster found it silent
 * @param givesUp when the cluster gives the pod up, if ever
 * @param givenUp whether it has done so
 */
record SilentNode(
    String name, Optional<Instant> since, Optional<Instant> givesUp, boolean givenUp) {
  private static final String UNREACHABLE = "node.kubernetes.io/unreachable";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  static SilentNode of(Pod pod) {
    var spec = Optional.ofNullable(pod.getSpec());
    var since = View.readySince(pod);
    return new SilentNode(
        spec.map((s) -> s.getNodeName()).orElse(""),
        since,
        spec.flatMap(
            s ->
                s.getTolerations().stream()
                    .filter(t -> UNREACHABLE.equals(t.getKey()))
                    .map(Toleration::getTolerationSeconds)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .flatMap(seconds -> since.map(from -> from.plus(Duration.ofSeconds(seconds))))),
        View.isEnding(pod));
  }

  /** For a sentence that goes on after it, such as "waiting for …". */
  String described() {
    return "its node%s, which has not answered%s".formatted(called(), sinceWhen());
  }

  /** A sentence of its own. */
  String silence() {
    return "its node%s has not answered%s".formatted(called(), sinceWhen());
  }

  private String called() {
    return name.isEmpty() ? "" : " " + name;
  }

  private String sinceWhen() {
    return since.map(from -> " since " + TIME.format(from)).orElse("");
  }

  /** What happens next, and what the person can do. */
  String outlook() {
    var back = "once the node is back or an administrator has removed it";
    if (givenUp) {
      return "the cluster has given it up, and starts it elsewhere " + back;
    }
    return givesUp
            .map(
                at ->
                    "the cluster gives it up at %s and then starts it elsewhere "
                        .formatted(TIME.format(at)))
            .orElse("the cluster starts it elsewhere ")
        + back
        + "; the home is kept, so connect again later";
  }
}
