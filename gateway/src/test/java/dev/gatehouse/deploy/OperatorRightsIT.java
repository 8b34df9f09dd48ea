package dev.gatehouse.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.testkit.kubernetes.ApiServer.Access;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The operator installs two charts, and cannot change what the third has: rights, quotas, networks
 * around workspaces, guard rails. The gateway, which faces the internet, can change neither.
 */
final class OperatorRightsIT {
  private static final Manifests FOUNDATION =
      Rendered.of("", Rendered.FULL_FOUNDATION, "{}").manifests();
  private static final Rights OPERATOR =
      Rights.of(FOUNDATION, Chart.NAMESPACE, "gatehouse-operator");
  private static final Rights GATEWAY = Rights.of(FOUNDATION, Chart.NAMESPACE, "gatehouse");

  /** Whatever the two charts render with any values. */
  private static List<JsonNode> installed() {
    return Rendered.combinations()
        .filter(rendered -> !rendered.name().startsWith("foundation"))
        .flatMap(rendered -> rendered.manifests().objects().stream())
        .distinct()
        .toList();
  }

  private static List<JsonNode> ofTheFoundation() {
    return Chart.FOUNDATION.render(Rendered.FULL_FOUNDATION).objects();
  }

  private static Set<Access> accesses(Collection<JsonNode> objects, String... verbs) {
    return objects.stream()
        .flatMap(o -> Stream.of(verbs).map(verb -> access(verb, o)))
        .collect(Collectors.toSet());
  }

  private static Access access(String verb, JsonNode object) {
    var version = object.path("apiVersion").asString();
    var group = version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
    return new Access(
        verb,
        group,
        resource(object.path("kind").asString()),
        Manifests.namespace(object),
        verb.equals("create") ? "" : Manifests.name(object));
  }

  /** The plural in an address, by which RBAC knows a kind. */
  private static String resource(String kind) {
    var name = kind.toLowerCase(Locale.ROOT);
    return name.endsWith("y")
        ? name.substring(0, name.length() - 1) + "ies"
        : name + (name.endsWith("s") ? "es" : "s");
  }

  /** Helm reads, makes, patches and deletes. Volumes stay. */
  @Test
  void install_bothCharts_isAllowedButForTheBackups() {
    var asked = accesses(installed(), "get", "create", "patch", "delete");
    assertThat(asked).hasSizeGreaterThan(50);
    assertThat(OPERATOR.missing(asked))
        .containsExactly("delete persistentvolumeclaims directory-backup in gatehouse");
  }

  /** A name that no chart renders would be a right for nothing. */
  @Test
  void install_bothCharts_usesEveryRightToPatchAndDelete() {
    var asked = accesses(installed(), "get", "create", "patch", "delete");
    assertThat(OPERATOR.unused(asked))
        .filteredOn(right -> right.startsWith("patch ") || right.startsWith("delete "))
        .containsExactly(
            // Helm's records, what it tells gateways, nodes that it closes, and what the directory
            // has
            // beside its chart.
            "delete secrets in gatehouse",
            "patch configmaps gatehouse-status in gatehouse",
            "patch nodes in ",
            "patch secrets directory-administrator,directory-services,directory-tls,"
                + "gatehouse-directory in gatehouse");
  }

  @Test
  void change_anythingOfTheFoundation_isForbidden() {
    var asked = accesses(ofTheFoundation(), "update", "patch", "delete");
    assertThat(asked).hasSizeGreaterThan(80);
    assertThat(OPERATOR.missing(asked)).hasSameSizeAs(asked);
    // What the foundation makes for gateways to write into, and has no say in.
    assertThat(GATEWAY.allowed(asked))
        .containsExactly(new Access("patch", "", "configmaps", "gatehouse", "gatehouse-requests"));
  }

  /** Of its kinds both may make none but those that the other charts have too. */
  @Test
  void create_whatTheFoundationHas_isForbidden() {
    var asked = accesses(ofTheFoundation(), "create");
    assertThat(OPERATOR.allowed(asked))
        .extracting(Access::resource, Access::namespace)
        .containsExactlyInAnyOrder(
            tuple("configmaps", "gatehouse"), tuple("networkpolicies", "gatehouse"));
    assertThat(GATEWAY.allowed(asked)).isEmpty();
  }

  /** Who breaks into the front door can write the definition, and no object that it stands for. */
  @Test
  void gateway_cannotChangeWhatTheOperatorInstalls() {
    var asked = accesses(installed(), "create", "update", "patch", "delete");
    assertThat(GATEWAY.allowed(asked)).isEmpty();
  }

  @Test
  void gateway_cannotWriteWhatTheOperatorSays_norTheOperatorTheDefinition() {
    var asked =
        Stream.of("update", "patch", "delete")
            .flatMap(
                verb ->
                    Stream.of("gatehouse-definition", "gatehouse-status", "gatehouse-guard-rails")
                        .map(name -> new Access(verb, "", "configmaps", "gatehouse", name)))
            .toList();
    assertThat(GATEWAY.allowed(asked))
        .containsExactly(
            new Access("update", "", "configmaps", "gatehouse", "gatehouse-definition"));
    assertThat(OPERATOR.allowed(asked))
        .containsExactly(new Access("patch", "", "configmaps", "gatehouse", "gatehouse-status"));
  }

  /** Pools are all that it makes outside of its namespace, and only where it is to make them. */
  @Test
  void nodePools_giveTheRightsOnThem_andNoOthers() {
    var before = Set.copyOf(OPERATOR.unused(List.of()));
    assertThat(before).noneMatch(right -> right.matches(".*(nodepools|nodeclasses|nodeclaims).*"));
    assertThat(more("{karpenter: true}", before))
        .containsExactlyInAnyOrder(
            "get nodepools.karpenter.sh",
            "create nodepools.karpenter.sh",
            "patch nodepools.karpenter.sh",
            "delete nodepools.karpenter.sh",
            "get nodeclaims.karpenter.sh",
            "get ec2nodeclasses.karpenter.k8s.aws",
            "list ec2nodeclasses.karpenter.k8s.aws",
            "create ec2nodeclasses.karpenter.k8s.aws",
            "patch ec2nodeclasses.karpenter.k8s.aws",
            "delete ec2nodeclasses.karpenter.k8s.aws");
    assertThat(more("{autoMode: true}", before))
        .hasSize(10)
        .contains("list nodeclasses.eks.amazonaws.com")
        .noneMatch(right -> right.contains("ec2nodeclasses"));
  }

  private static List<String> more(String nodePools, Set<String> before) {
    var with =
        Rendered.of("", Rendered.FULL_FOUNDATION + "nodePools: " + nodePools + "\n", "{}")
            .manifests();
    return Rights.of(with, Chart.NAMESPACE, "gatehouse-operator").unused(List.of()).stream()
        .filter(right -> !before.contains(right))
        .map(right -> right.replaceFirst(" in $", ""))
        .toList();
  }

  /** It sees workspaces, to say what a change does to people; and it empties nodes. */
  @Test
  void operator_ofWorkspacesAndOfTheCluster_readsAndEmptiesNodesOnly() {
    assertThat(OPERATOR.unused(List.of()))
        .filteredOn(right -> !right.endsWith(" in gatehouse"))
        .noneMatch(right -> right.contains("secrets"))
        .filteredOn(right -> !right.matches("(get|list|watch) .*"))
        .containsExactlyInAnyOrder("patch nodes in ", "create pods/eviction in ");
  }

  /** Where wishes come from it writes nothing: who takes it over forges no wish of a person. */
  @Test
  void requests_operator_readsOnly() {
    var asked =
        Stream.of("get", "update", "patch", "delete")
            .map(verb -> new Access(verb, "", "configmaps", "gatehouse", "gatehouse-requests"))
            .toList();
    assertThat(OPERATOR.allowed(asked)).extracting(Access::verb).containsExactly("get");
  }
}
