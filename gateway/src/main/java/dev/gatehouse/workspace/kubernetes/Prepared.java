package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.cluster.Hardware.Toolbox;
import dev.gatehouse.cluster.KubernetesSettings;
import dev.gatehouse.cluster.MachineType;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an earlier start of a workspace has shown, so that the next one need not find it out: each
 * init container costs a look of the kubelet, which is a second. It stands in an annotation of the
 * StatefulSet. What was shown of another image, toolbox or volume counts for nothing.
 *
 * @param claim the uid of the claim in whose volume the home's folder has been made
 * @param image of the machine type
 * @param imageId as the container runtime calls what is behind that name
 * @param toolbox its image
 * @param users who the image has of its own, as the toolbox's {@code people} packs it
 */
record Prepared(String claim, String image, String imageId, String toolbox, String users) {
  static final Prepared NOTHING = new Prepared("", "", "", "", "");

  private static final int FIELDS = 5;
  private static final String NONE = "-";

  /** What {@code people} says; a line of {@code home} may stand before it. */
  private static final Pattern USERS = Pattern.compile("(?m)^users:([A-Za-z0-9+/=]+)$");

  /** Returns what the set says, and nothing for what another version of Gatehouse wrote. */
  static Prepared of(HasMetadata set) {
    var fields = Annotations.annotation(set, Annotations.PREPARED).orElse("").split(" ", -1);
    return fields.length == FIELDS
        ? new Prepared(
            field(fields[0]),
            field(fields[1]),
            field(fields[2]),
            field(fields[3]),
            field(fields[4]))
        : NOTHING;
  }

  private static String field(String text) {
    return text.equals(NONE) ? "" : text;
  }

  String text() {
    return equals(NOTHING)
        ? ""
        : String.join(
            " ",
            Stream.of(claim, image, imageId, toolbox, users)
                .map(field -> field.isEmpty() ? NONE : field)
                .toList());
  }

  /** Returns what the init containers of a pod have shown; empty if they show nothing yet. */
  static Optional<Prepared> shownBy(Pod pod) {
    return Stream.of(InitContainers.PEOPLE_CONTAINER, InitContainers.HOME_CONTAINER)
        .flatMap(name -> status(pod, true, name).stream())
        .findFirst()
        .flatMap(status -> ended(status).map(end -> shownBy(pod, status, end)));
  }

  private static Prepared shownBy(Pod pod, ContainerStatus status, ContainerStateTerminated end) {
    var said = USERS.matcher(Objects.requireNonNullElse(end.getMessage(), ""));
    return new Prepared(
        Annotations.annotation(pod, Annotations.HOME_CLAIM).orElse(""),
        image(pod, PodTemplate.CONTAINER),
        text(status.getImageID()),
        image(pod, InitContainers.TOOLBOX_CONTAINER),
        said.find() ? said.group(1) : "");
  }

  /** Whether the workspace's own container shows that there is another image behind the name. */
  boolean isOutdatedBy(Pod pod) {
    var now = status(pod, false, PodTemplate.CONTAINER).map(s -> text(s.getImageID())).orElse("");
    return !users.isEmpty()
        && image.equals(image(pod, PodTemplate.CONTAINER))
        && !now.isEmpty()
        && !now.equals(imageId);
  }

  /** Returns who the image has, if that is known; a name that is pulled each time is not. */
  Optional<String> imageUsers(KubernetesSettings settings, MachineType type) {
    var hardware = type.hardware();
    return Optional.of(users)
        .filter(known -> !known.isEmpty() && hardware.toolbox() == Toolbox.ADDED)
        .filter(_ -> image.equals(hardware.image()) && !PodTemplate.isAlwaysPulled(image))
        .filter(_ -> toolbox.equals(settings.toolboxImage()));
  }

  /** Whether the home's folder is in that volume. */
  boolean hasHome(PersistentVolumeClaim home) {
    return !claim.isEmpty() && claim.equals(home.getMetadata().getUid());
  }

  private static Optional<ContainerStateTerminated> ended(ContainerStatus status) {
    return Optional.ofNullable(status.getState())
        .map(ContainerState::getTerminated)
        .filter(end -> Integer.valueOf(0).equals(end.getExitCode()));
  }

  private static Optional<ContainerStatus> status(Pod pod, boolean init, String name) {
    return Optional.ofNullable(pod.getStatus())
        .map((PodStatus s) -> init ? s.getInitContainerStatuses() : s.getContainerStatuses())
        .stream()
        .flatMap(List::stream)
        .filter(status -> name.equals(status.getName()))
        .findFirst();
  }

  private static String image(Pod pod, String container) {
    return Stream.concat(
            pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream())
        .filter(c -> container.equals(c.getName()))
        .findFirst()
        .map(c -> text(c.getImage()))
        .orElse("");
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
