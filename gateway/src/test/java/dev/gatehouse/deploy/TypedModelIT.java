package dev.gatehouse.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.kubernetes.ApiServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What is deployed is made of Kubernetes' own kinds and fields. */
final class TypedModelIT {
  @ParameterizedTest
  @MethodSource("dev.gatehouse.deploy.Rendered#all")
  void render_anything_hasKnownFieldsOnly(Rendered rendered) {
    assertThat(rendered.manifests().objects()).hasSizeGreaterThan(15);
    assertThat(ofKubernetes(rendered)).flatMap(StrictModel::unknown).isEmpty();
  }

  /** Without the kinds of a CRD, which the client library does not have. */
  private static List<JsonNode> ofKubernetes(Rendered rendered) {
    return rendered.manifests().objects().stream()
        .filter(o -> !o.path("kind").asString().equals("VolumeSnapshotClass"))
        .toList();
  }

  /** In each combination of values: a template that is right with one may be wrong with two. */
  @Test
  void render_anyCombination_hasKnownFieldsOnlyAndNothingTwice() {
    assertThat(Rendered.combinations())
        .hasSizeGreaterThan(100)
        .allSatisfy(
            rendered -> {
              assertThat(ofKubernetes(rendered))
                  .isNotEmpty()
                  .flatMap(StrictModel::unknown)
                  .isEmpty();
              assertThat(rendered.manifests().objects())
                  .extracting(TypedModelIT::id)
                  .doesNotHaveDuplicates();
            });
  }

  private static List<String> id(JsonNode object) {
    return List.of(
        object.path("kind").asString(), Manifests.namespace(object), Manifests.name(object));
  }

  @ParameterizedTest
  @MethodSource("dev.gatehouse.deploy.Rendered#all")
  void create_allOfIt_isTakenByTheApiServer(Rendered rendered) {
    try (var server = ApiServer.start();
        var client = server.client()) {
      for (var object : ofKubernetes(rendered)) {
        assertThat(client.resource(Manifests.typed(object)).create().getMetadata().getName())
            .isEqualTo(Manifests.name(object));
      }
    }
  }

  /**
   * What the oldest promised API server drops, or any adds to a list that is applied as a whole,
   * would be a change at each apply, for ever, and a conflict of a server-side one with itself.
   */
  @ParameterizedTest
  @MethodSource("dev.gatehouse.deploy.Rendered#everything")
  void create_anything_isStoredAsItIsWritten(Rendered rendered) {
    try (var server = ApiServer.start();
        var client = server.client()) {
      for (var object : ofKubernetes(rendered)) {
        var written = client.getKubernetesSerialization().asJson(Manifests.typed(object));
        var stored = client.resource(Manifests.typed(object)).create();
        assertThat(lost("", Manifests.parse(written).objects().getFirst(), json(client, stored)))
            .as(Manifests.name(object))
            .isEmpty();
      }
    }
  }

  private static JsonNode json(KubernetesClient client, HasMetadata object) {
    return Manifests.parse(client.getKubernetesSerialization().asJson(object)).objects().getFirst();
  }

  /** The fields, as paths, that the one has and the other has not, or as another list. */
  private static List<String> lost(String path, JsonNode written, JsonNode stored) {
    if (written.isArray() && !written.equals(stored)) {
      return List.of(path);
    }
    return written
        .propertyStream()
        .flatMap(
            field ->
                stored.has(field.getKey())
                    ? lost(
                        path + "/" + field.getKey(), field.getValue(), stored.get(field.getKey()))
                        .stream()
                    : Stream.of(path + "/" + field.getKey()))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("dev.gatehouse.deploy.Rendered#all")
  void render_anything_hasNothingTwice(Rendered rendered) {
    assertThat(rendered.manifests().objects()).extracting(TypedModelIT::id).doesNotHaveDuplicates();
  }

  /** The check itself. */
  @Test
  void read_fieldAtTheWrongPlace_isFound() {
    var pod =
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: a, lables: {}}
        spec:
          runAsNonRoot: true
          containers:
            - name: a
              securityContext: {drop: [ALL]}
        """;
    assertThat(Manifests.parse(pod).objects())
        .flatMap(StrictModel::unknown)
        .containsExactlyInAnyOrder(
            "Pod.Metadata.lables",
            "Pod.Spec.runAsNonRoot",
            "Pod.Spec.Containers[].SecurityContext.drop");
  }

  @Test
  void read_kindThatIsNot_isFound() {
    assertThat(Manifests.parse("{apiVersion: v1, kind: Deployment, metadata: {name: a}}").objects())
        .flatMap(StrictModel::unknown)
        .containsExactly("Deployment");
  }
}
