package dev.gatehouse.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
              assertThat(image(container)).matches("[^:]+:[0-9]+\\.[0-9]+\\.[0-9]+");
              assertThat(container.path("imagePullPolicy").asString("")).isEqualTo("IfNotPresent");
            });
  }

  @ParameterizedTest
  @MethodSource("dev.gatehouse.deploy.Rendered#all")
  void read_toolbox_hasATag(Rendered rendered) {
    assertThat(rendered.definition().kubernetes().toolboxImage())
        .matches("[^:]+:[0-9]+\\.[0-9]+\\.[0-9]+");
  }

  /** A site says in one file where its images are; one that is not in there would not be found. */
  @ParameterizedTest
  @ValueSource(strings = {"overlays/directory", "overlays/directory/restore"})
  void overlay_ofTheDirectory_namesEachImage(String overlay) {
    var named =
        Manifests.file("overlays/directory/images/kustomization.yaml")
            .objects()
            .getFirst()
            .path("images");
    assertThat(
            Rendered.of(overlay)
                .podMakers()
                .flatMap(PodMaker::containers)
                .map(PulledImagesIT::image)
                .distinct())
        .isNotEmpty()
        .isSubsetOf(
            named
                .valueStream()
                .map(i -> "%s:%s".formatted(text(i, "newName"), text(i, "newTag")))
                .toList());
    assertThat(named.valueStream()).allMatch(i -> !text(i, "newTag").isEmpty());
  }

  /** What the documents have people build and push is what the overlays then ask for. */
  @Test
  void documents_images_areThoseOfTheOverlays() {
    var docs =
        Stream.of("operations.md", "directory-server.md")
            .map(doc -> Manifests.read(Manifests.FOLDER.resolve("../docs/" + doc)))
            .reduce("", String::concat);
    var wanted =
        Stream.concat(
            Stream.of(Rendered.of("overlays/site").definition().kubernetes().toolboxImage()),
            Stream.of("overlays/site", "overlays/directory")
                .flatMap(o -> Rendered.of(o).podMakers())
                .flatMap(PodMaker::containers)
                .map(PulledImagesIT::image));
    assertThat(wanted.distinct().toList())
        .hasSize(4)
        .allSatisfy(
            image -> {
              assertThat(docs).contains(" -t $REGISTRY/" + image + " .");
              assertThat(docs).contains("docker push $REGISTRY/" + image + "\n");
            });
  }

  private static String image(JsonNode container) {
    return container.path("image").asString();
  }

  private static String text(JsonNode object, String field) {
    return object.path(field).asString("");
  }
}
