package dev.gatehouse.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cluster definition that is deployed is sound, and fits the charts. */
final class DefinitionIT {
  private static final String ALL = "dev.gatehouse.deploy.Rendered#all";

  /** From the last look of a readiness probe to the kubelet's SIGKILL, and some to spare. */
  private static final Duration MARGIN = Duration.ofSeconds(30);

  @ParameterizedTest
  @MethodSource(ALL)
  void read_namespaces_areThoseOfTheManifests(Rendered rendered) {
    var kubernetes = rendered.definition().kubernetes();
    assertThat(rendered.manifests().has("Namespace", "", kubernetes.namespace())).isTrue();
    assertThat(rendered.manifests().has("Role", kubernetes.namespace(), "gatehouse")).isTrue();
    assertThat(kubernetes.gatewayNamespace()).as("that of its own pod").isEmpty();
  }

  /** A gateway that is killed while it drains takes people's sessions with it. */
  @ParameterizedTest
  @MethodSource(ALL)
  void read_drain_endsBeforeTheKill(Rendered rendered) {
    var drain = rendered.definition().gateway().drain();
    var grace = rendered.gateway().at("/spec/template/spec/terminationGracePeriodSeconds").asLong();
    assertThat(drain.accept().plus(drain.limit()).plus(MARGIN))
        .isLessThanOrEqualTo(Duration.ofSeconds(grace));
  }

  /** The cluster autoscaler kills what takes longer: its --max-graceful-termination-sec. */
  @ParameterizedTest
  @MethodSource(ALL)
  void read_grace_isGrantedByTheAutoscaler(Rendered rendered) {
    assertThat(rendered.gateway().at("/spec/template/spec/terminationGracePeriodSeconds").asLong())
        .isLessThanOrEqualTo(600);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void read_priorityClasses_areThere(Rendered rendered) {
    assertThat(rendered.definition().machineTypes().values())
        .isNotEmpty()
        .extracting(type -> type.hardware().priorityClass().orElse("none"))
        .allMatch(name -> rendered.manifests().has("PriorityClass", "", name));
  }

  /** With the one and not the other, nobody gets in, or everybody is the load balancer. */
  @Test
  void read_proxyProtocol_isSpokenByBothOrByNone() {
    assertThat(Stream.of(Rendered.shipped(), Rendered.aws()))
        .allSatisfy(
            rendered ->
                assertThat(rendered.definition().gateway().proxyProtocolFrom().isEmpty())
                    .isNotEqualTo(isProxied(rendered)));
    assertThat(isProxied(Rendered.aws())).isTrue();
  }

  private static boolean isProxied(Rendered rendered) {
    return rendered
        .manifests()
        .named("Service", "gatehouse", "gatehouse")
        .at("/metadata/annotations")
        .has("service.beta.kubernetes.io/aws-load-balancer-proxy-protocol");
  }

  /** The definition of AWS names the classes that the first example of the values makes. */
  @Test
  void read_storageOfAws_isThatOfTheExample() {
    var homes = Rendered.aws().definition().kubernetes().homes();
    var example =
        Chart.FOUNDATION.render("storageClasses:\n" + ValuesExamples.storageClasses().getFirst());
    assertThat(example.all("StorageClass").map(Manifests::name))
        .containsExactly(homes.storageClass().orElseThrow());
    assertThat(example.all("VolumeSnapshotClass").map(Manifests::name))
        .containsExactly(homes.snapshotClass().orElseThrow());
    assertThat(homes.shared()).as("EBS is of one node at a time").isFalse();
  }

  /** Helm would take back at each upgrade what the console has changed. */
  @ParameterizedTest
  @MethodSource("dev.gatehouse.deploy.Rendered#everything")
  void render_definitionAndStatus_areInNoChart(Rendered rendered) {
    assertThat(rendered.manifests().all("ConfigMap").map(Manifests::name))
        .isNotEmpty()
        .isSubsetOf("gatehouse-guard-rails", "gatehouse-requests", "directory-settings");
  }

  /** The same goes for what gateways ask the operator: the chart has the object alone. */
  @ParameterizedTest
  @MethodSource("dev.gatehouse.deploy.Rendered#all")
  void render_requestsOfGateways_areEmpty(Rendered rendered) {
    var requests = rendered.manifests().named("ConfigMap", "gatehouse", "gatehouse-requests");
    assertThat(requests.has("data") || requests.has("binaryData")).isFalse();
  }
}
