package dev.gatehouse.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.platform.helm.Helms;
import dev.gatehouse.platform.objects.LiveObjects;
import dev.gatehouse.platform.pools.CloudPools;
import dev.gatehouse.testkit.kubernetes.ApiServer;
import dev.gatehouse.testkit.kubernetes.RolloutController;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The charts that are shipped, by Helm itself, on the mock API server. */
final class PlatformHelmIT {
  private static final String DEFINITION =
      """
      images: {repository: registry.example/gatehouse, tag: 1.0.0}
      directory: {deployed: {servers: 2}}
      gateway: {replicas: 2}
      kubernetes:
        quota: {pods: 50}
        network: {allow: [{name: db, cidr: 10.0.0.1/32, ports: [5432]}]}
        storageClasses: {fast: {provisioner: ebs.csi.aws.com, parameters: {type: gp3}}}
      """;

  @Test
  void apply_emptyCluster_thenAgain_changesNothingMore() throws InterruptedException {
    try (var server = ApiServer.start();
        var client = server.client();
        var helm = Helms.open(client, Optional.empty())) {
      server.requireNamespaces();
      var clock = InstantSource.fixed(Instant.parse("2026-11-30T10:00:00Z"));
      var controllers = new RolloutController(server, "gatehouse");
      Rollouts.Pause pause = _ -> controllers.finish();
      var store = new ConfigMapStore(server, "gatehouse", clock);
      var platform =
          Platform.open(
              new Platform.Tools(
                  client,
                  helm,
                  store,
                  "gatehouse",
                  PlatformFixture.AUTHOR,
                  CloudPools.NONE,
                  false,
                  Duration.ofMinutes(1),
                  clock,
                  pause));
      var applier =
          new Applier(
              platform,
              new Permissions(client),
              new ApplyLease(client, "gatehouse", "ada", clock, pause),
              "gatehouse");

      var first = platform.plan(parts(DEFINITION));
      applier.check(first);
      applier.apply(first, false, Progress.silent());

      assertThat(PlatformApplyTest.changes(platform.plan(parts(DEFINITION)))).isEmpty();
      assertThat(platform.plan(parts(DEFINITION)).isEmpty()).isTrue();
      assertThat(
              PlatformApplyTest.changes(
                  platform.plan(parts(DEFINITION.replace("replicas: 2", "replicas: 3")))))
          .contains("~ Deployment gatehouse/gatehouse [spec.replicas 2 → 3]");
      assertThat(new LiveObjects(client).list("apps/v1", "StatefulSet", "gatehouse", ""))
          .hasSize(1);
    }
  }

  private static List<Part> parts(String definition) {
    return new Desired(ClusterDefinitionFile.parse("cluster.yaml", definition), charts())
        .all(definition, Optional.empty());
  }

  private static Path charts() {
    return Path.of("../k8s").toAbsolutePath().normalize();
  }
}
