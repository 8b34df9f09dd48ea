package dev.gatehouse.directory.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.deploy.Chart;
import dev.gatehouse.testkit.Folders;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manifests agree with each other, with the images and with the Secrets that apply makes. */
final class DirectoryManifestsIT {
  private static Stream<GenericKubernetesResource> objects() {
    return Chart.DIRECTORY.documents("restore: {enabled: true}").stream()
        .map(document -> Serialization.unmarshal(document, GenericKubernetesResource.class));
  }

  /** What makes pods: a name to show, and the pod. */
  record Maker(String name, Map<String, String> labels, PodSpec pod) {
    static Optional<Maker> of(GenericKubernetesResource object) {
      var path =
          object.getKind().equals("CronJob")
              ? new Object[] {"spec", "jobTemplate", "spec", "template"}
              : new Object[] {"spec", "template"};
      Map<String, Object> template = object.get(path);
      return Optional.ofNullable(template)
          .map(
              t ->
                  new Maker(
                      object.getKind() + " " + object.getMetadata().getName(),
                      labels(t),
                      Serialization.unmarshal(Serialization.asJson(t.get("spec")), PodSpec.class)));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> labels(Map<String, Object> template) {
      return (Map<String, String>) ((Map<String, Object>) template.get("metadata")).get("labels");
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Maker> makers() {
    return objects().flatMap(object -> Maker.of(object).stream());
  }

  @Test
  void makers_areAllFour() {
    assertThat(makers())
        .extracting(Maker::toString)
        .containsExactlyInAnyOrder(
            "StatefulSet directory",
            "CronJob directory-backup",
            "Deployment ldap-ui",
            "Job directory-restore");
  }

  /** The level "restricted" of the Pod Security Standards, and a root that is read only. */
  @ParameterizedTest
  @MethodSource("makers")
  void pod_isRestricted(Maker maker) {
    var security = maker.pod().getSecurityContext();
    assertThat(security.getRunAsNonRoot()).isTrue();
    assertThat(security.getRunAsUser()).isPositive();
    assertThat(security.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(maker.pod().getAutomountServiceAccountToken()).isFalse();
    for (var container : maker.pod().getContainers()) {
      assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
      assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
      assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
      assertThat(container.getResources().getLimits()).containsKey("memory");
    }
  }

  @ParameterizedTest
  @MethodSource("makers")
  void mount_hasItsVolume(Maker maker) {
    var volumes =
        maker.pod().getVolumes().stream().map(Volume::getName).collect(Collectors.toSet());
    // The StatefulSet's claims are volumes too.
    volumes.add("data");
    assertThat(maker.pod().getContainers().getFirst().getVolumeMounts())
        .extracting(VolumeMount::getName)
        .doesNotHaveDuplicates()
        .isSubsetOf(volumes);
  }

  @Test
  void secret_isOneThatApplyMakes() {
    var made = SlapdSecrets.of("ada", "ssh-ed25519 AAAA");
    assertThat(made.get("directory-services")).containsKeys("gateway", "ldap-ui", "replicator");
    var used =
        makers()
            .flatMap(maker -> maker.pod().getVolumes().stream())
            .flatMap(volume -> Optional.ofNullable(volume.getSecret()).stream())
            .toList();
    assertThat(used).isNotEmpty();
    assertThat(used)
        .allSatisfy(
            secret ->
                assertThat(made.getOrDefault(secret.getSecretName(), Map.of()).keySet())
                    .isNotEmpty()
                    .containsAll(secret.getItems().stream().map(KeyToPath::getKey).toList()));
  }

  /** A pod that no policy is for may talk to everybody. */
  @ParameterizedTest
  @MethodSource("makers")
  void pod_hasAPolicy(Maker maker) {
    var name = maker.labels().get("app.kubernetes.io/name");
    assertThat(
            objects()
                .filter(o -> o.getKind().equals("NetworkPolicy"))
                .map(o -> Serialization.asJson(o.<Object>get("spec", "podSelector"))))
        .as(name)
        .anyMatch(selector -> selector.contains("\"" + name + "\""));
  }

  /** What the document has a site put into its definition names things that are there. */
  @Test
  void definition_ofTheDocument_isWhatIsDeployed() {
    var yaml = Folders.read(Path.of("../docs/directory-server.md")).split("```yaml\n", -1)[1];
    var definition =
        ClusterDefinitionFile.parse("directory-server.md", yaml.substring(0, yaml.indexOf("```")));
    var app = definition.apps().values().iterator().next();
    var service = of("Service", app.name().value());
    assertThat(app.host()).isEqualTo(service.getMetadata().getName());
    assertThat(app.ports()).containsExactly(service.<Integer>get("spec", "ports", 0, "port"));
    assertThat(app.groups()).containsExactly(definition.directory().administrators());
    assertThat(yaml).contains("base: " + setting("SUFFIX") + "\n");
    assertThat(definition.directory().administrators().value())
        .isEqualTo(setting("ADMINISTRATORS"));
  }

  private static String setting(String name) {
    return of("ConfigMap", "directory-settings").get("data", name);
  }

  /** Nobody reaches the web UI but by a gateway. */
  @Test
  void policy_ofTheUi_letsGatewaysInAlone() {
    var rules = of("NetworkPolicy", "ldap-ui").<List<Object>>get("spec", "ingress");
    assertThat(Serialization.asJson(rules))
        .isEqualToIgnoringWhitespace(
            """
            [{"ports": [{"port": 8080, "protocol": "TCP"}],
              "from": [{"podSelector": {"matchLabels": {
                "app.kubernetes.io/name": "gatehouse",
                "app.kubernetes.io/component": "gateway"}}}]}]
            """);
  }

  private static GenericKubernetesResource of(String kind, String name) {
    return objects()
        .filter(o -> o.getKind().equals(kind) && o.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("makers")
  void user_isTheImages(Maker maker) {
    var security = maker.pod().getSecurityContext();
    var image = maker.pod().getContainers().getFirst().getImage();
    var target = image.substring("gatehouse-".length(), image.indexOf(':'));
    var stage =
        Folders.read(Path.of("../Dockerfile")).split("(?m)^FROM base AS " + target + "\n", 2)[1];
    assertThat(stage.lines().filter(line -> line.startsWith("USER ")).findFirst())
        .contains("USER %d:%d".formatted(security.getRunAsUser(), security.getRunAsGroup()));
  }
}
