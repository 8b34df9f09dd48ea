package dev.gatehouse.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.name.Username;
import dev.gatehouse.testkit.People;
import dev.gatehouse.testkit.kubernetes.ApiServer;
import dev.gatehouse.testkit.kubernetes.KubernetesCluster;
import dev.gatehouse.workspace.kubernetes.KubernetesWorkspaces;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** The example of a restore makes the claim that the gateway takes for that person's home. */
final class RestoreHomeTest {
  private static final Username ADA = new Username("ada");

  @Test
  void create_exampleOfARestore_isAdasHome() {
    var definition = ClusterDefinitionFile.parse("test", "{}");
    var claim = Manifests.file("examples/restore-home.yaml").objects().getFirst();
    assertThat(StrictModel.unknown(claim)).isEmpty();
    try (var server = ApiServer.start();
        var client = server.client();
        var people = People.of("ada");
        var workspaces =
            new KubernetesWorkspaces(
                client,
                () -> definition,
                people.administration(),
                KubernetesCluster.CA,
                InstantSource.system())) {
      assertThat(workspaces.home(ADA)).isEmpty();
      var _ = client.resource(Manifests.typed(claim)).create();
      assertThat(workspaces.home(ADA)).map(home -> home.volume()).contains(Manifests.name(claim));
    }
  }
}
