package dev.gatehouse.platform.helm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.platform.helm.DeployedRelease.Status;
import dev.gatehouse.testkit.Programs;
import dev.gatehouse.testkit.kubernetes.ApiServer;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The product's own charts, through Helm into an API server that is strict about fields. */
final class ChartsIT {
  private static final String NAMESPACE = "gatehouse";
  private static final String FOUNDATION = "gatehouse-foundation";

  private final ApiServer api = ApiServer.start();
  private final KubernetesClient admin = api.innerClient();
  private final KubernetesClient client = api.client();
  private Helm helm;

  @BeforeEach
  void open() {
    Programs.skipUnless(
        HelmLibrary.fits(System.getProperties()),
        "Helm's library has no native part for this machine",
        "linux-amd64");
    helm = new HelmReleases(HelmLibrary.load(Map.of()).orElseThrow(), client);
    api.requireNamespaces();
    // Bare, as apply makes it: the foundation adopts it.
    admin
        .namespaces()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(NAMESPACE)
                .addToLabels("app.kubernetes.io/managed-by", "Helm")
                .addToAnnotations("meta.helm.sh/release-name", FOUNDATION)
                .addToAnnotations("meta.helm.sh/release-namespace", NAMESPACE)
                .endMetadata()
                .build())
        .create();
  }

  @AfterEach
  void close() {
    client.close();
    admin.close();
    api.close();
  }

  @Test
  void apply_allThreeTwice_isDeployed() {
    for (var round = 1; round <= 2; round++) {
      assertThat(apply(FOUNDATION, "foundation", Map.of()))
          .returns(Status.DEPLOYED, DeployedRelease::status)
          .returns(round, DeployedRelease::revision);
      assertThat(apply("gatehouse", "gatehouse", Map.of("operator", Map.of("enabled", true))))
          .returns(Status.DEPLOYED, DeployedRelease::status)
          .returns(round, DeployedRelease::revision);
      assertThat(apply("directory", "directory", Map.of()))
          .returns(Status.DEPLOYED, DeployedRelease::status)
          .returns(round, DeployedRelease::revision);
    }
    assertThat(admin.namespaces().withName("gatehouse-workspaces").get()).isNotNull();
    assertThat(admin.namespaces().withName(NAMESPACE).get().getMetadata().getLabels())
        .containsKey("pod-security.kubernetes.io/enforce");
    assertThat(admin.apps().deployments().inNamespace(NAMESPACE).withName("gatehouse").get())
        .isNotNull();
  }

  @Test
  void uninstall_allThree_keepsTheNamespaces() {
    apply(FOUNDATION, "foundation", Map.of());
    apply("gatehouse", "gatehouse", Map.of());
    apply("directory", "directory", Map.of());
    helm.uninstall(NAMESPACE, "directory");
    helm.uninstall(NAMESPACE, "gatehouse");
    helm.uninstall(NAMESPACE, FOUNDATION);
    assertThat(admin.apps().deployments().inNamespace(NAMESPACE).list().getItems()).isEmpty();
    assertThat(admin.namespaces().list().getItems())
        .extracting(n -> n.getMetadata().getName())
        .contains(NAMESPACE, "gatehouse-workspaces");
  }

  private DeployedRelease apply(String name, String chart, Map<String, Object> values) {
    return helm.apply(
        new Release(
            name, NAMESPACE, Path.of("..", "k8s", chart).toAbsolutePath().normalize(), values));
  }
}
