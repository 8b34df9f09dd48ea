package dev.gatehouse.platform.commands;

import dev.gatehouse.aws.AwsAccounts;
import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.platform.Rollouts;
import dev.gatehouse.platform.helm.Helms;
import dev.gatehouse.platform.helm.Renderer;
import dev.gatehouse.server.ClusterAccess;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Where a command works. The definition says which account that is, if any; the cluster need not be
 * there yet.
 *
 * @param kubeconfig opens the cluster that a kubeconfig names
 * @param benches makes what works on a cluster
 * @param charts opens what renders charts without a cluster
 */
record Site(
    AwsAccounts aws,
    Supplier<KubernetesClient> kubeconfig,
    BiFunction<KubernetesClient, AwsAccounts, Workbench> benches,
    Supplier<Renderer> charts,
    InstantSource clock,
    Rollouts.Pause pause)
    implements AutoCloseable {

  static Site ofThisProcess() {
    return new Site(
        new AwsAccounts(),
        () -> ClusterAccess.ofThisProcess().connect(),
        Workbench::open,
        () -> Helms.renderer(Optional.empty()),
        InstantSource.system(),
        Thread::sleep);
  }

  /**
   * Asks nobody.
   *
   * @param charts the folder that has the templates beside the charts
   */
  Optional<Cloud> cloud(ClusterDefinition definition, Path charts) {
    return definition
        .cloud()
        .aws()
        .map(settings -> new Cloud(definition, settings, aws.of(settings), charts, clock, pause));
  }

  /** Opens the cluster: that of the account, if there is one, so that nobody takes another. */
  Workbench bench(Optional<Cloud> cloud) {
    return benches.apply(cloud.map(Cloud::connect).orElseGet(kubeconfig), aws);
  }

  @Override
  public void close() {
    aws.close();
  }
}
