package dev.gatehouse.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.cluster.revisions.Author;
import dev.gatehouse.platform.Applier;
import dev.gatehouse.platform.ApplyLease;
import dev.gatehouse.platform.Desired;
import dev.gatehouse.platform.Part;
import dev.gatehouse.platform.Permissions;
import dev.gatehouse.platform.Platform;
import dev.gatehouse.platform.Progress;
import dev.gatehouse.platform.Rollouts;
import dev.gatehouse.platform.helm.Helm;
import dev.gatehouse.platform.helm.Helms;
import dev.gatehouse.platform.objects.LiveObjects;
import dev.gatehouse.platform.operator.RunningOperator;
import dev.gatehouse.platform.pools.CloudPools;
import dev.gatehouse.platform.revisions.ConfigMapDefinitionStore;
import dev.gatehouse.platform.status.PartStatus.State;
import dev.gatehouse.platform.status.StatusConfigMap;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.kubernetes.ApiServer;
import dev.gatehouse.testkit.kubernetes.RolloutController;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A person applies the charts that are shipped, by Helm itself, and the operator makes a change of
 * the definition so: it asks for nothing that its Roles do not give.
 */
final class OperatorRightsOfTheCodeIT {
  private static final Path CHARTS = Path.of("../k8s").toAbsolutePath().normalize();
  private static final Author ADA = new Author("ada", "gatehouse apply", Optional.empty());
  private static final String DEFINITION =
      "directory: {deployed: {}}\ngateway: {replicas: 2}\nimages: {tag: 1.0.0}\n";

  @Test
  void operate_changedDefinition_isMadeSo_withTheRightsThatItHas() throws InterruptedException {
    try (var server = ApiServer.start();
        var client = server.client();
        var helm = Helms.open(client, Optional.empty())) {
      server.requireNamespaces();
      var controllers = new RolloutController(server, Chart.NAMESPACE);
      apply(client, helm, _ -> controllers.finish());
      server.mend();

      try (var _ =
          new RunningOperator(
              client, helm, Chart.NAMESPACE, CHARTS, "the operator", "", "127.0.0.1", 0)) {
        awaitApplied(client, controllers, 1);
        var store =
            new ConfigMapDefinitionStore(
                server.innerClient(), Chart.NAMESPACE, InstantSource.system());
        store.change(1, DEFINITION.replace("replicas: 2", "replicas: 3"), ADA);
        awaitApplied(client, controllers, 2);
      }

      assertThat(
              server
                  .innerClient()
                  .apps()
                  .deployments()
                  .inNamespace(Chart.NAMESPACE)
                  .withName("gatehouse")
                  .get()
                  .getSpec()
                  .getReplicas())
          .isEqualTo(3);
      var rights =
          Rights.of(
              Rendered.of("", Rendered.FULL_FOUNDATION, "{}").manifests(),
              Chart.NAMESPACE,
              "gatehouse-operator");
      // An informer of one object names it in a field selector, by which RBAC's resourceNames go.
      assertThat(rights.missing(Set.copyOf(server.accesses())))
          .isSubsetOf("list configmaps in gatehouse", "watch configmaps in gatehouse");
    }
  }

  private static void apply(KubernetesClient client, Helm helm, Rollouts.Pause pause)
      throws InterruptedException {
    var clock = InstantSource.system();
    var platform =
        Platform.open(
            new Platform.Tools(
                client,
                helm,
                new ConfigMapDefinitionStore(client, Chart.NAMESPACE, clock),
                Chart.NAMESPACE,
                ADA,
                CloudPools.NONE,
                false,
                Duration.ofMinutes(5),
                clock,
                pause));
    var applier =
        new Applier(
            platform,
            new Permissions(client),
            new ApplyLease(client, Chart.NAMESPACE, "ada", clock, pause),
            Chart.NAMESPACE);
    var plan = platform.plan(parts());
    applier.check(plan);
    applier.apply(plan, false, Progress.silent());
    assertThat(platform.plan(parts()).isEmpty()).isTrue();
  }

  private static List<Part> parts() {
    return new Desired(ClusterDefinitionFile.parse("cluster.yaml", DEFINITION), CHARTS)
        .all(DEFINITION, Optional.empty());
  }

  private static void awaitApplied(
      KubernetesClient client, RolloutController controllers, long revision) {
    var status = new StatusConfigMap(new LiveObjects(client), Chart.NAMESPACE);
    Poll.until(
        "revision %d is applied".formatted(revision),
        () -> {
          controllers.finish();
          return status
              .read()
              .flatMap(s -> s.of("gatehouse"))
              .filter(p -> p.revision() == revision && p.state() == State.APPLIED)
              .isPresent();
        });
  }
}
