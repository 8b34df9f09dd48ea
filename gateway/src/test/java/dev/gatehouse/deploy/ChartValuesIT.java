package dev.gatehouse.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.kubernetes.ApiServer.Access;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Each value adds what it says, and the charts as shipped have none of it. */
final class ChartValuesIT {
  private static final String WORKSPACES = "gatehouse-workspaces";
  private static final String LEVEL = "pod-security.kubernetes.io/enforce";
  private static final String AWS = "service.beta.kubernetes.io/aws-load-balancer-";

  @Test
  void root_relaxesPodSecurity_forWorkspacesOnly() {
    var root = Rendered.with("workspaces: {root: true}");
    assertThat(level(Rendered.shipped(), "gatehouse")).isEqualTo("restricted");
    assertThat(level(Rendered.shipped(), WORKSPACES)).isEqualTo("restricted");
    assertThat(level(root, "gatehouse")).isEqualTo("restricted");
    assertThat(level(root, WORKSPACES)).isEqualTo("baseline");
  }

  /** Kubernetes 1.35 asks for create where older ones ask for get. */
  @Test
  void portForward_letsForward_andNothingElse() {
    var outside = Rendered.with("workspaces: {portForward: true}");
    var forward =
        Stream.of("get", "create")
            .map(verb -> new Access(verb, "", "pods/portforward", WORKSPACES, "w-0"))
            .toList();
    assertThat(rights(Rendered.shipped()).missing(forward)).hasSize(2);
    assertThat(rights(outside).missing(forward)).isEmpty();
    assertThat(rights(outside).unused(List.of()))
        .hasSize(rights(Rendered.shipped()).unused(List.of()).size() + 2);
  }

  @Test
  void aws_hasABalancerThatTellsTheClient_andChecksWhereTheHeaderIsUnderstood() {
    var service = Rendered.aws().manifests().named("Service", "gatehouse", "gatehouse");
    assertThat(annotation(service, "type")).isEqualTo("external");
    assertThat(annotation(service, "nlb-target-type")).isEqualTo("ip");
    assertThat(annotation(service, "proxy-protocol")).isEqualTo("*");
    assertThat(annotation(service, "healthcheck-protocol")).isEqualTo("tcp");
    assertThat(annotation(service, "healthcheck-port")).isEqualTo("traffic-port");
    assertThat(annotation(service, "attributes")).contains("cross_zone.enabled=true");
  }

  /** A balancer that forgets a draining gateway's connections ends people's sessions. */
  @Test
  void aws_balancerKeepsConnections_asLongAsTheGatewayMay() {
    var rendered = Rendered.aws();
    var service = rendered.manifests().named("Service", "gatehouse", "gatehouse");
    var grace = rendered.gateway().at("/spec/template/spec/terminationGracePeriodSeconds").asInt();
    assertThat(annotation(service, "target-group-attributes").split(","))
        .contains(
            "deregistration_delay.timeout_seconds=" + grace,
            "deregistration_delay.connection_termination.enabled=false");
  }

  /** Another annotation of the pod is what has Kubernetes replace the gateways. */
  @Test
  void restart_isAnAnnotationOfTheGatewaysPod() {
    var path = "/spec/template/metadata/annotations/gatehouse.dev~1settings";
    var rendered = Rendered.of("restarted", "{}", "gateway: {restart: 0123456789abcdef}");
    assertThat(rendered.gateway().at(path).asString("")).isEqualTo("0123456789abcdef");
    assertThat(Rendered.shipped().gateway().at(path).isMissingNode()).isTrue();
  }

  private static String annotation(JsonNode service, String name) {
    return service.path("metadata").path("annotations").path(AWS + name).asString("");
  }

  private static String level(Rendered rendered, String namespace) {
    return rendered
        .manifests()
        .named("Namespace", "", namespace)
        .path("metadata")
        .path("labels")
        .path(LEVEL)
        .asString();
  }

  private static Rights rights(Rendered rendered) {
    return Rights.of(rendered.manifests(), "gatehouse", "gatehouse");
  }
}
