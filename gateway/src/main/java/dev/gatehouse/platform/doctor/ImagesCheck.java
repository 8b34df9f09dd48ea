package dev.gatehouse.platform.doctor;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.doctor.Finding;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Whether pods wait for an image that cannot be pulled. */
final class ImagesCheck extends Looking {
  private static final Set<String> REASONS =
      Set.of("ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull");

  private final KubernetesClient client;
  private final List<String> namespaces;

  ImagesCheck(KubernetesClient client, List<String> namespaces) {
    this.client = client;
    this.namespaces = List.copyOf(namespaces);
  }

  @Override
  public String subject() {
    return "Images";
  }

  @Override
  List<Finding> look() {
    var pods =
        namespaces.stream()
            .flatMap(n -> client.pods().inNamespace(n).list().getItems().stream())
            .toList();
    var refused = new TreeMap<String, String>();
    pods.stream()
        .flatMap(ImagesCheck::statuses)
        .filter(ImagesCheck::isRefused)
        .forEach(s -> refused.put(s.getImage(), s.getState().getWaiting().getReason()));
    return refused.isEmpty()
        ? List.of(Finding.ok("no pod waits for an image"))
        : refused.entrySet().stream()
            .map(
                e ->
                    Finding.problem(
                        "%s cannot be pulled (%s)".formatted(e.getKey(), e.getValue()),
                        "correct its name, or give the registry's password to the nodes; pods: "
                            + waiting(pods, e.getKey())))
            .toList();
  }

  private static String waiting(List<Pod> pods, String image) {
    return pods.stream()
        .filter(p -> statuses(p).anyMatch(s -> isRefused(s) && s.getImage().equals(image)))
        .map(p -> p.getMetadata().getName())
        .limit(3)
        .collect(joining(", "));
  }

  private static Stream<ContainerStatus> statuses(Pod pod) {
    if (pod.getStatus() == null) {
      return Stream.of();
    }
    return Stream.of(
            pod.getStatus().getInitContainerStatuses(), pod.getStatus().getContainerStatuses())
        .filter(Objects::nonNull)
        .flatMap(List::stream);
  }

  private static boolean isRefused(ContainerStatus status) {
    return status.getState() != null
        && status.getState().getWaiting() != null
        && REASONS.contains(String.valueOf(status.getState().getWaiting().getReason()));
  }
}
