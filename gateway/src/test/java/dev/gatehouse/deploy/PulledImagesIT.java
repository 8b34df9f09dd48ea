package dev.gatehouse.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.ClusterDefinitionFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * The story: an image without a tag is :latest to Kubernetes, and is then pulled at each start. A
 * site that brings its images to the nodes, and has no registry of that name, could not start one.
 */
final class PulledImagesIT {
  private static final String EVERYTHING = "dev.gatehouse.deploy.Rendered#everything";

  @ParameterizedTest
  @MethodSource(EVERYTHING)
  void render_images_haveATagAndArePulledOnce(Rendered rendered) {
    assertThat(rendered.podMakers().flatMap(PodMaker::containers))
        .isNotEmpty()
        .allSatisfy(
            container -> {
              assertThat(image(container)).matches(".+:[0-9]+\\.[0-9]+\\.[0-9]+");
              assertThat(container.path("imagePullPolicy").asString("")).isEqualTo("IfNotPresent");
            });
  }

  /** An old toolbox or operator under a new gateway is what nobody has tested. */
  @ParameterizedTest
  @EnumSource(Chart.class)
  void chart_isOfTheProductsVersion(Chart chart) {
    var product =
        Pattern.compile("<version>([^<]+)</version>")
            .matcher(Manifests.read(Manifests.FOLDER.resolve("../pom.xml")));
    assertThat(product.find()).isTrue();
    assertThat(chart.about().path("version").asString()).isEqualTo(product.group(1));
    assertThat(chart.about().path("appVersion").asString()).isEqualTo(product.group(1));
  }

  /** Without a word of the site's all images are of the charts' version. */
  @Test
  void render_imagesThatNobodyNames_areOfTheChartsVersion() {
    var version = Chart.GATEHOUSE.about().path("appVersion").asString().replace("-SNAPSHOT", "");
    assertThat(shipped())
        .containsExactlyInAnyOrder(
            "gatehouse-gateway:" + version,
            "gatehouse-directory:" + version,
            "gatehouse-ldap-ui:" + version);
  }

  /** Who names no image has the same by the definition as by the charts themselves. */
  @Test
  void read_imagesThatNobodyNames_areThoseOfTheCharts() {
    var version = Chart.GATEHOUSE.about().path("appVersion").asString().replace("-SNAPSHOT", "");
    var images =
        ClusterDefinitionFile.parse("test", "images: {tag: '%s'}".formatted(version)).images();
    assertThat(shipped())
        .containsExactlyInAnyOrder(images.gateway(), images.directory(), images.ldapUi());
    assertThat(images.toolbox()).isEqualTo("gatehouse-toolbox:" + version);
  }

  /** One program in two Deployments: a gateway must find an operator of its own version. */
  @ParameterizedTest
  @ValueSource(strings = {"", "registry.example.com/g@sha256:0123", "localhost:5000/g:1.2.3"})
  void render_operator_isOfTheGatewaysImage(String image) {
    var rendered = Rendered.of(image, "{}", "images: {gateway: '%s'}".formatted(image));
    var images =
        rendered.podMakers().flatMap(PodMaker::containers).map(PulledImagesIT::image).toList();
    assertThat(images).hasSize(2);
    assertThat(images.getFirst()).isEqualTo(images.getLast()).contains(image);
  }

  /** What the documents have people build and push is what the charts then ask for. */
  @Test
  void documents_images_areThoseOfTheCharts() {
    var doc = Manifests.read(Manifests.FOLDER.resolve("../docs/operations.md"));
    var names = doc.lines().filter(line -> line.startsWith("for image in ")).findFirst();
    assertThat(names).isPresent();
    assertThat(doc)
        .contains("-t $REGISTRY/gatehouse-$image:$VERSION .")
        .contains("docker push $REGISTRY/gatehouse-$image:$VERSION\n");
    assertThat(Stream.concat(shipped(), Stream.of("gatehouse-toolbox:")))
        .hasSize(4)
        .map(image -> image.substring("gatehouse-".length(), image.indexOf(':')))
        .allMatch(name -> names.orElseThrow().matches(".*\\b" + name + "\\b.*"));
  }

  private static Stream<String> shipped() {
    return Stream.of(Rendered.shipped(), Rendered.directory())
        .flatMap(Rendered::podMakers)
        .flatMap(PodMaker::containers)
        .map(PulledImagesIT::image)
        .distinct();
  }

  private static String image(JsonNode container) {
    return container.path("image").asString();
  }
}
