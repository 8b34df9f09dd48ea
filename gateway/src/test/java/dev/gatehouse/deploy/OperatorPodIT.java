package dev.gatehouse.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.jni.linux.amd64.LinuxAmd64NativeLibrary;
import dev.gatehouse.testkit.Folders;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The operator's pod has what the operator and Helm need, and nothing else. */
final class OperatorPodIT {
  private static final JsonNode OPERATOR =
      Rendered.shipped().manifests().named("Deployment", Chart.NAMESPACE, "gatehouse-operator");
  private static final JsonNode CONTAINER = OPERATOR.at("/spec/template/spec/containers/0");

  /** Two at once would do no harm, and would take the room of two. */
  @Test
  void render_operator_isOneAtATime() {
    assertThat(OPERATOR.at("/spec/replicas").asInt()).isEqualTo(1);
    assertThat(OPERATOR.at("/spec/strategy/type").asString()).isEqualTo("Recreate");
  }

  @Test
  void render_ports_areHealthOnly() {
    assertThat(CONTAINER.path("ports").valueStream())
        .extracting(port -> port.path("name").asString() + " " + port.path("containerPort").asInt())
        .containsExactly("health 8081");
  }

  /** helm-java unpacks a library of nearly 100 MB: it must fit twice, for one of a start before. */
  @Test
  void render_temporaryFolder_holdsHelmsLibrary() throws IOException {
    var volume = OPERATOR.at("/spec/template/spec/volumes/0");
    assertThat(CONTAINER.at("/volumeMounts/0/mountPath").asString()).isEqualTo("/tmp");
    assertThat(CONTAINER.at("/volumeMounts/0/name")).isEqualTo(volume.path("name"));
    var room = new Quantity(volume.at("/emptyDir/sizeLimit").asString()).getNumericalAmount();
    var library = new LinuxAmd64NativeLibrary();
    try (var bytes =
        Objects.requireNonNull(
            library.getClass().getResourceAsStream("/" + library.getBinaryName()))) {
      assertThat(2 * bytes.transferTo(OutputStream.nullOutputStream()))
          .isBetween(room.longValueExact() / 4, room.longValueExact());
    }
  }

  /** What it installs is in its image, where its argument says. */
  @Test
  void start_argumentsOfTheDeployment_nameTheChartsOfTheImage() {
    var arguments = Manifests.texts(CONTAINER.path("args"));
    assertThat(arguments).startsWith("operate", "--charts");
    var folder = arguments.get(2);
    var dockerfile = Manifests.read(Manifests.FOLDER.resolve("../Dockerfile"));
    assertThat(Stream.of("foundation", "gatehouse", "directory"))
        .allMatch(chart -> dockerfile.contains(" " + folder + "/" + chart));
  }

  /** What is in a cache is loaded at each start, so each of the two has its own. */
  @Test
  void start_commandOfTheDeployment_isTheImagesWithTheOperatorsCache() {
    var dockerfile = Manifests.read(Manifests.FOLDER.resolve("../Dockerfile"));
    var entry =
        dockerfile.lines().filter(l -> l.startsWith("ENTRYPOINT [\"/gatehouse/")).findFirst();
    assertThat(entry)
        .contains(
            "ENTRYPOINT "
                + Manifests.texts(CONTAINER.path("command")).stream()
                    .map(word -> '"' + word.replace("operate.aot", "gatehouse.aot") + '"')
                    .collect(Collectors.joining(", ", "[", "]")));
    assertThat(dockerfile).contains("serve:gatehouse operate:operate");
  }

  /** Helm keeps a chart's files in its record of a release, which may take 1 MiB. */
  @Test
  void chart_ofTheDirectory_hasNoFilesOfItsImages() {
    var ignored = Folders.read(Manifests.FOLDER.resolve("directory/.helmignore")).lines().toList();
    assertThat(ignored).contains("bin/", "config/", "seed/", "ldap-ui/", "secrets");
  }
}
