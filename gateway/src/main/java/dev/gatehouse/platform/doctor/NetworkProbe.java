package dev.gatehouse.platform.doctor;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.doctor.Finding;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Tries what the NetworkPolicies say: one pod listens beside the workspaces, and another of the
 * same namespace must not reach it. Both are of the toolbox's image, so its pull is tried too. They
 * are deleted in any case, and end by themselves if this program dies.
 */
final class NetworkProbe extends Looking {
  private static final int PORT = 7070;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long ENDS_AFTER_SECONDS = 300;
  private static final String BUSYBOX = "/toolbox/bin/busybox";

  /** Busybox' nc may end with status 0 when nobody answered in time: what it read counts. */
  private static final String WORD = "reached";

  private static final String LISTENER = "gatehouse-doctor-listener";
  private static final String CALLER = "gatehouse-doctor-caller";

  private final KubernetesClient client;
  private final Supplier<ClusterDefinition> definition;
  private final Duration patience;

  NetworkProbe(KubernetesClient client, Supplier<ClusterDefinition> definition) {
    this(client, definition, PATIENCE);
  }

  NetworkProbe(KubernetesClient client, Supplier<ClusterDefinition> definition, Duration patience) {
    this.client = client;
    this.definition = definition;
    this.patience = patience;
  }

  @Override
  public String subject() {
    return "Isolation";
  }

  @Override
  List<Finding> look() {
    var namespace = definition.get().kubernetes().namespace();
    try {
      return List.of(probe(namespace));
    } finally {
      List.of(LISTENER, CALLER)
          .forEach(
              name ->
                  client.pods().inNamespace(namespace).withName(name).withGracePeriod(0).delete());
    }
  }

  private Finding probe(String namespace) {
    client.resource(listener(namespace)).create();
    Pod listening;
    try {
      listening = await(namespace, LISTENER, NetworkProbe::isReady);
    } catch (KubernetesClientTimeoutException e) {
      return Finding.notChecked(
          "the probe's pod does not run: " + why(namespace),
          "check kubernetes.toolboxImage, its registry and the room on nodes");
    }
    client.resource(caller(namespace, listening.getStatus().getPodIP())).create();
    try {
      return switch (await(namespace, CALLER, NetworkProbe::isOver).getStatus().getPhase()) {
        case "Failed" ->
            Finding.ok("a pod does not reach another: the network keeps the rules (tried)");
        default ->
            Finding.problem(
                "a pod reaches another although a NetworkPolicy forbids it",
                "the cluster's network plugin does not keep NetworkPolicies: take one that does"
                    + " (Calico, Cilium, the VPC CNI with its network policy agent)");
      };
    } catch (KubernetesClientTimeoutException e) {
      return Finding.notChecked("the probe's second pod does not end", "try again");
    }
  }

  private Pod await(String namespace, String name, Predicate<Pod> condition) {
    return client
        .pods()
        .inNamespace(namespace)
        .withName(name)
        .waitUntilCondition(
            pod -> pod != null && condition.test(pod), patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static boolean isReady(Pod pod) {
    return pod.getStatus() != null
        && pod.getStatus().getPodIP() != null
        && pod.getStatus().getContainerStatuses().stream().anyMatch(ContainerStatus::getReady);
  }

  private static boolean isOver(Pod pod) {
    var phase = pod.getStatus() == null ? "" : String.valueOf(pod.getStatus().getPhase());
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  private String why(String namespace) {
    var pod = client.pods().inNamespace(namespace).withName(LISTENER).get();
    if (pod == null || pod.getStatus() == null) {
      return "it was not made";
    }
    return pod.getStatus().getContainerStatuses().stream()
        .filter(s -> s.getState() != null && s.getState().getWaiting() != null)
        .map(s -> "%s (%s)".formatted(s.getImage(), s.getState().getWaiting().getReason()))
        .findFirst()
        .orElse("it is " + pod.getStatus().getPhase());
  }

  private Pod listener(String namespace) {
    return pod(
            namespace, LISTENER, BUSYBOX, "nc", "-ll", "-p", "" + PORT, "-e", BUSYBOX, "echo", WORD)
        .editSpec()
        .editFirstContainer()
        .withNewReadinessProbe()
        .withNewTcpSocket()
        .withPort(new IntOrString(PORT))
        .endTcpSocket()
        .withPeriodSeconds(1)
        .endReadinessProbe()
        .endContainer()
        .endSpec()
        .build();
  }

  private Pod caller(String namespace, String address) {
    var call =
        "test \"$(%s nc -w 5 %s %d < /dev/null)\" = %s".formatted(BUSYBOX, address, PORT, WORD);
    return pod(namespace, CALLER, BUSYBOX, "sh", "-c", call).build();
  }

  private PodBuilder pod(String namespace, String name, String... command) {
    var room = Map.of("cpu", new Quantity("10m"), "memory", new Quantity("32Mi"));
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy("Never")
        .withActiveDeadlineSeconds(ENDS_AFTER_SECONDS)
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withImagePullSecrets(
            definition.get().kubernetes().pullSecrets().stream()
                .map(LocalObjectReference::new)
                .toList())
        .withNewSecurityContext()
        .withRunAsNonRoot(true)
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .endSecurityContext()
        .addNewContainer()
        .withName("probe")
        .withImage(definition.get().kubernetes().toolboxImage())
        .withCommand(command)
        .withNewResources()
        .withRequests(room)
        .withLimits(room)
        .endResources()
        .withNewSecurityContext()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .endSecurityContext()
        .endContainer()
        .endSpec();
  }
}
