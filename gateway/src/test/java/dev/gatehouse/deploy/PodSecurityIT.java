package dev.gatehouse.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.kubernetes.ApiServer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** No pod of ours has more rights on its node than it needs. */
final class PodSecurityIT {
  private static final String EVERYTHING = "dev.gatehouse.deploy.Rendered#everything";

  /** The user of the gateway's image. */
  private static final int GATEHOUSE = 65532;

  /** The API server of the tests refuses what Pod Security's restricted does. */
  @ParameterizedTest
  @MethodSource(EVERYTHING)
  void create_podOfEachTemplate_isTaken(Rendered rendered) {
    try (var server = ApiServer.start();
        var client = server.client()) {
      assertThat(rendered.podMakers())
          .isNotEmpty()
          .allSatisfy(
              maker -> {
                var pod = client.resource(Manifests.typed(pod(maker))).create();
                assertThat(pod.getMetadata().getName()).isEqualTo(maker.name());
              });
    }
  }

  /** With each combination of values: no value takes a protection away. */
  @Test
  void render_anyCombination_sharesNothingWithItsNode() {
    assertThat(Rendered.combinations().flatMap(Rendered::podMakers))
        .hasSizeGreaterThan(100)
        .allSatisfy(PodSecurityIT::sharesNothing);
  }

  private static void sharesNothing(PodMaker maker) {
    var pod = maker.pod();
    for (var field : new String[] {"hostNetwork", "hostPID", "hostIPC", "hostAliases"}) {
      assertThat(pod.has(field)).as(field).isFalse();
    }
    assertThat(pod.findValues("hostPort")).isEmpty();
    assertThat(pod.findValues("hostPath")).isEmpty();
    assertThat(pod.findValues("privileged")).isEmpty();
    assertThat(pod.findValues("add")).as("capabilities").isEmpty();
    assertThat(maker.containers())
        .allMatch(c -> c.at("/securityContext/readOnlyRootFilesystem").asBoolean(false));
  }

  @ParameterizedTest
  @MethodSource("dev.gatehouse.deploy.Rendered#all")
  void render_gatewayAndOperator_runAsTheImagesUser(Rendered rendered) {
    assertThat(rendered.podMakers())
        .isNotEmpty()
        .allSatisfy(
            maker -> {
              var security = maker.pod().path("securityContext");
              assertThat(security.path("runAsUser").asInt()).isEqualTo(GATEHOUSE);
              assertThat(security.path("runAsGroup").asInt()).isEqualTo(GATEHOUSE);
            });
    assertThat(Manifests.read(Manifests.FOLDER.resolve("../Dockerfile")))
        .contains("\nUSER %d:%d\nWORKDIR /tmp\n".formatted(GATEHOUSE, GATEHOUSE));
  }

  /** Else its neighbours may take its memory, and it is the first to be killed. */
  @ParameterizedTest
  @MethodSource("dev.gatehouse.deploy.Rendered#all")
  void render_gatewayAndOperator_haveTheMemoryThatTheyMayUse(Rendered rendered) {
    assertThat(rendered.podMakers().flatMap(PodMaker::containers))
        .isNotEmpty()
        .allSatisfy(
            container -> {
              var resources = container.path("resources");
              assertThat(resources.at("/requests/memory"))
                  .isEqualTo(resources.at("/limits/memory"));
              assertThat(resources.at("/requests/cpu").isMissingNode()).isFalse();
            });
  }

  private static JsonNode pod(PodMaker maker) {
    return JsonMapper.shared()
        .valueToTree(
            Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Pod",
                "metadata",
                Map.of("name", maker.name(), "namespace", Chart.NAMESPACE),
                "spec",
                maker.pod()));
  }
}
