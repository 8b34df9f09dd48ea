package dev.gatehouse.platform.commands;

import dev.gatehouse.aws.AwsAccounts;
import dev.gatehouse.aws.nodes.AwsPools;
import dev.gatehouse.cluster.revisions.Author;
import dev.gatehouse.cluster.revisions.DefinitionStore;
import dev.gatehouse.platform.ApplyLease;
import dev.gatehouse.platform.Platform;
import dev.gatehouse.platform.Rollouts;
import dev.gatehouse.platform.helm.Helm;
import dev.gatehouse.platform.helm.Helms;
import dev.gatehouse.platform.objects.LiveObjects;
import dev.gatehouse.platform.pools.ClusterAutoscaler;
import dev.gatehouse.platform.revisions.ConfigMapDefinitionStore;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a command works with on a cluster.
 *
 * @param aws asked by none but those whose definition names an account
 * @param stores the definition's store by the namespace of the gateways
 */
record Workbench(
    KubernetesClient client,
    Helm helm,
    AwsAccounts aws,
    Function<String, DefinitionStore> stores,
    InstantSource clock,
    Rollouts.Pause pause)
    implements AutoCloseable {

  /**
   * That of a cluster.
   *
   * @param client is closed with it
   * @param aws is closed with it
   */
  static Workbench open(KubernetesClient client, AwsAccounts aws) {
    return new Workbench(
        client,
        Helms.open(client, Optional.empty()),
        aws,
        namespace -> new ConfigMapDefinitionStore(client, namespace, InstantSource.system()),
        InstantSource.system(),
        Thread::sleep);
  }

  /**
   * @param why the definition is changed, in the person's words
   */
  Platform platform(String namespace, boolean isAdopting, Duration patience, Optional<String> why) {
    return Platform.open(
        new Platform.Tools(
            client,
            helm,
            stores.apply(namespace),
            namespace,
            new Author(person(), "gatehouse apply on " + host(), why),
            new AwsPools(
                aws::of,
                new ClusterAutoscaler(new LiveObjects(client)),
                patience,
                clock,
                pause::take),
            isAdopting,
            patience,
            clock,
            pause));
  }

  DefinitionEffects effects(String namespace) {
    return new DefinitionEffects(client, stores.apply(namespace));
  }

  ApplyLease lease(String namespace) {
    var identity = "%s on %s (%d)".formatted(person(), host(), ProcessHandle.current().pid());
    return new ApplyLease(client, namespace, identity, clock, pause);
  }

  /** Which cluster it is, so that nobody changes another one than they mean. */
  String place() {
    return "the cluster at " + client.getMasterUrl();
  }

  private static String person() {
    return System.getProperty("user.name", "somebody");
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "a machine without a name";
    }
  }

  @Override
  public void close() {
    aws.close();
    helm.close();
    client.close();
  }
}
