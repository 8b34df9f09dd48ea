package dev.gatehouse.server;

import dev.gatehouse.cluster.KubernetesSettings;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.file.FileProblem;
import dev.gatehouse.install.UserHome;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which cluster this is about: that of the pod's service account, else the current context of a
 * kubeconfig, as kubectl finds it.
 *
 * @param environment of the process
 * @param serviceAccount the folder that Kubernetes mounts into pods
 * @param home of the user
 */
public record ClusterAccess(Map<String, String> environment, Path serviceAccount, Path home) {
  private static final String KUBECONFIG = "KUBECONFIG";

  /** A call that fails for longer than some seconds is better told to who waits for it. */
  private static final int RETRIES = 3;

  public static ClusterAccess ofThisProcess() {
    return new ClusterAccess(
        System.getenv(), Path.of("/var/run/secrets/kubernetes.io/serviceaccount"), UserHome.path());
  }

  /**
   * Finds the cluster, and asks it nothing yet.
   *
   * @throws UserError if none is named, or its configuration cannot be read
   */
  public KubernetesClient connect() {
    if (!isInPod()) {
      requireKubeconfig();
    }
    try {
      var config = Config.autoConfigure(null);
      return new KubernetesClientBuilder()
          .withConfig(new ConfigBuilder(config).withRequestRetryBackoffLimit(RETRIES).build())
          .build();
    } catch (KubernetesClientException | IllegalArgumentException e) {
      throw new UserError(
          ExitCode.CONFIG,
          "the kubeconfig cannot be used: " + Quote.plain(String.valueOf(e.getMessage())));
    }
  }

  /** That of the pod, if this is one. */
  public String ownNamespace() {
    var file = serviceAccount.resolve("namespace");
    try {
      return Files.exists(file) ? Files.readString(file).strip() : KubernetesSettings.GATEWAYS;
    } catch (IOException e) {
      throw new UserError(
          ExitCode.NOINPUT, "%s cannot be read: %s".formatted(Quote.path(file), FileProblem.of(e)));
    }
  }

  boolean isInPod() {
    return Files.exists(serviceAccount.resolve("token"));
  }

  private void requireKubeconfig() {
    var files = kubeconfigs();
    if (files.stream().noneMatch(Files::isReadable)) {
      throw new UserError(
          environment.containsKey(KUBECONFIG) ? ExitCode.NOINPUT : ExitCode.CONFIG,
          "no cluster is named: this is no pod with a service account, and there is no %s; set %s"
                  .formatted(Quote.path(files.getFirst()), KUBECONFIG)
              + ", or take 'gatehouse try', which needs no cluster");
    }
  }

  private List<Path> kubeconfigs() {
    return Optional.ofNullable(environment.get(KUBECONFIG))
        .filter(value -> !value.isBlank())
        .map(value -> Arrays.stream(value.split(File.pathSeparator)).map(Path::of).toList())
        .orElseGet(() -> List.of(home.resolve(".kube").resolve("config")));
  }
}
