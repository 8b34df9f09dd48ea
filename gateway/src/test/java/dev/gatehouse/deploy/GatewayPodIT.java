package dev.gatehouse.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.kubernetes.ApiServer;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The gateway's pod has no more rights than it needs. */
final class GatewayPodIT {
  private static final String ALL = "dev.gatehouse.deploy.Rendered#all";

  /** The API server of the tests refuses what Pod Security's restricted does. */
  @ParameterizedTest
  @MethodSource(ALL)
  void create_podOfTheTemplate_isTaken(Rendered rendered) {
    try (var server = ApiServer.start();
        var client = server.client()) {
      var pod = client.resource(Manifests.typed(pod(rendered))).create();
      assertThat(pod.getMetadata().getName()).isEqualTo("gateway");
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void render_pod_sharesNothingWithItsNode(Rendered rendered) {
    var spec = pod(rendered).path("spec");
    for (var field : new String[] {"hostNetwork", "hostPID", "hostIPC", "hostAliases"}) {
      assertThat(spec.has(field)).as(field).isFalse();
    }
    assertThat(spec.findValues("hostPort")).isEmpty();
    assertThat(spec.findValues("hostPath")).isEmpty();
    assertThat(spec.findValues("privileged")).isEmpty();
    assertThat(spec.findValues("add")).as("capabilities").isEmpty();
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void render_pod_runsAsTheImagesUserOnAReadOnlyRoot(Rendered rendered) {
    var security = pod(rendered).at("/spec/securityContext");
    assertThat(security.path("runAsUser").asInt()).isEqualTo(65532);
    assertThat(security.path("runAsGroup").asInt()).isEqualTo(65532);
    assertThat(rendered.container().at("/securityContext/readOnlyRootFilesystem").asBoolean(false))
        .isTrue();
    assertThat(Manifests.read(Manifests.FOLDER.resolve("../Dockerfile")))
        .contains("\nUSER 65532:65532\nWORKDIR /tmp\n");
  }

  /** Else its neighbours may take its memory, and it is the first to be killed. */
  @ParameterizedTest
  @MethodSource(ALL)
  void render_pod_hasTheMemoryThatItMayUse(Rendered rendered) {
    var resources = rendered.container().path("resources");
    assertThat(resources.at("/requests/memory")).isEqualTo(resources.at("/limits/memory"));
    assertThat(resources.at("/requests/cpu").isMissingNode()).isFalse();
  }

  private static JsonNode pod(Rendered rendered) {
    var spec = rendered.gateway().at("/spec/template/spec");
    return JsonMapper.shared()
        .valueToTree(
            Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Pod",
                "metadata",
                Map.of("name", "gateway", "namespace", "gatehouse"),
                "spec",
                spec));
  }
}
