package dev.gatehouse.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What an object names is there: other objects, labels, ports. */
final class ReferencesIT {
  private static final String OF_EVERY_CLUSTER = "default";
  private static final List<String> READING = List.of("get", "list", "watch");
  private static final String ALL = "dev.gatehouse.deploy.Rendered#all";

  @ParameterizedTest
  @MethodSource(ALL)
  void name_namespace_isThere(Rendered rendered) {
    assertThat(rendered.manifests().objects())
        .map(Manifests::namespace)
        .filteredOn(namespace -> !namespace.isEmpty() && !namespace.equals(OF_EVERY_CLUSTER))
        .isNotEmpty()
        .allMatch(namespace -> rendered.manifests().has("Namespace", "", namespace));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void name_accountOrPriority_isThere(Rendered rendered) {
    var manifests = rendered.manifests();
    assertThat(rendered.podMakers())
        .isNotEmpty()
        .allSatisfy(
            maker -> {
              var account = maker.pod().path("serviceAccountName").asString();
              assertThat(manifests.has("ServiceAccount", "gatehouse", account)).isTrue();
              assertThat(manifests.has("PriorityClass", "", maker.priorityClass())).isTrue();
            });
  }

  /** Who binds a Role that is not there gives nobody anything, and nobody is told. */
  @ParameterizedTest
  @MethodSource(ALL)
  void name_roleAndSubject_areThere(Rendered rendered) {
    var manifests = rendered.manifests();
    assertThat(manifests.all("RoleBinding"))
        .isNotEmpty()
        .allMatch(
            b ->
                manifests.has("Role", Manifests.namespace(b), b.at("/roleRef/name").asString())
                    && b.path("subjects")
                        .valueStream()
                        .allMatch(
                            s ->
                                manifests.has(
                                    s.path("kind").asString(),
                                    s.path("namespace").asString(),
                                    s.path("name").asString())));
  }

  /** Over the whole cluster the operator may look and empty nodes, and nobody may do more. */
  @ParameterizedTest
  @MethodSource(ALL)
  void render_rightsOverTheCluster_areTheOperatorsForNodes(Rendered rendered) {
    var manifests = rendered.manifests();
    var binding = manifests.named("ClusterRoleBinding", "", "gatehouse-operator");
    assertThat(manifests.all("ClusterRoleBinding")).hasSize(1);
    assertThat(binding.path("subjects").valueStream())
        .extracting(subject -> subject.path("name").asString())
        .containsExactly("gatehouse-operator");
    assertThat(
            manifests
                .only("ClusterRole", role -> true)
                .path("rules")
                .valueStream()
                .flatMap(ReferencesIT::changes))
        .containsExactlyInAnyOrder("nodes patch", "pods/eviction create");
  }

  private static Stream<String> changes(JsonNode rule) {
    return Manifests.texts(rule.path("verbs")).stream()
        .filter(verb -> !READING.contains(verb))
        .flatMap(
            verb ->
                Manifests.texts(rule.path("resources")).stream()
                    .map(resource -> resource + " " + verb));
  }

  /** Only what an administrator makes may be absent, and its absence must not keep a pod away. */
  @ParameterizedTest
  @MethodSource(ALL)
  void mount_volume_isThereOrOptional(Rendered rendered) {
    var pod = rendered.gateway().at("/spec/template/spec");
    assertThat(
            rendered
                .container()
                .path("volumeMounts")
                .valueStream()
                .map(m -> m.path("name").asString()))
        .containsExactlyInAnyOrderElementsOf(
            pod.path("volumes").valueStream().map(v -> v.path("name").asString()).toList());
    for (var source : pod.at("/volumes").findValues("sources").getFirst()) {
      // The definition is in no chart, and is there before them.
      assertThat(source.at("/configMap/name").asString(""))
          .satisfiesAnyOf(
              name -> assertThat(name).isEqualTo("gatehouse-definition"),
              name -> assertThat(source.at("/secret/optional").asBoolean(false)).isTrue());
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void select_gatewayPods_findsThem(Rendered rendered) {
    var manifests = rendered.manifests();
    var spec = rendered.gateway().path("spec");
    var terms = "/preferredDuringSchedulingIgnoredDuringExecution/0/podAffinityTerm";
    var selectors =
        List.of(
            spec.at("/selector/matchLabels"),
            spec.at("/template/spec/topologySpreadConstraints/0/labelSelector/matchLabels"),
            spec.at(
                "/template/spec/affinity/podAntiAffinity" + terms + "/labelSelector/matchLabels"),
            manifests
                .named("PodDisruptionBudget", "gatehouse", "gatehouse")
                .at("/spec/selector/matchLabels"),
            manifests.named("Service", "gatehouse", "gatehouse").at("/spec/selector"),
            manifests
                .named("NetworkPolicy", "gatehouse", "gateway")
                .at("/spec/podSelector/matchLabels"),
            manifests
                .named("NetworkPolicy", "gatehouse-workspaces", "from-gateway")
                .at("/spec/ingress/0/from/0/podSelector/matchLabels"));
    assertThat(selectors)
        .allSatisfy(
            selector ->
                assertThat(spec.at("/template/metadata/labels").properties())
                    .isNotEmpty()
                    .containsAll(selector.properties()));
    assertThat(selectors).noneMatch(JsonNode::isEmpty);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void listen_gateway_whereServiceAndProbesAsk(Rendered rendered) {
    var definition = rendered.definition().gateway();
    var service = rendered.manifests().named("Service", "gatehouse", "gatehouse");
    assertThat(port(rendered, service.at("/spec/ports/0/targetPort").asString()))
        .isEqualTo(definition.port());
    assertThat(
            rendered
                .manifests()
                .named("NetworkPolicy", "gatehouse", "gateway")
                .at("/spec/ingress/0/ports/0/port")
                .asInt())
        .isEqualTo(definition.port());
    for (var probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      var asked = rendered.container().path(probe).path("httpGet");
      assertThat(port(rendered, asked.path("port").asString()))
          .isEqualTo(definition.health().port().orElse(8081));
      assertThat(asked.path("path").asString())
          .isEqualTo(probe.equals("readinessProbe") ? "/readyz" : "/healthz");
    }
  }

  private static int port(Rendered rendered, String name) {
    return rendered
        .container()
        .path("ports")
        .valueStream()
        .filter(p -> p.path("name").asString().equals(name))
        .findFirst()
        .orElseThrow()
        .path("containerPort")
        .asInt();
  }
}
