package dev.gatehouse.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** A chart refuses values that it does not know, or that are of another type, and says where. */
final class SchemaIT {
  /** A key of values.yaml, in a comment or not. */
  private static final String KEY = "^ *[A-Za-z0-9]+:.*";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "FOUNDATION | quotas: {pods: 1} | 'quotas' not allowed",
        "FOUNDATION | quota: {pod: 1} | /quota",
        "FOUNDATION | quota: {pods: many} | '/quota/pods': got string, want integer",
        "FOUNDATION | quota: {memory: 8 gigabytes} | /quota/memory",
        "FOUNDATION | workspaces: {root: 'yes'} | '/workspaces/root': got string, want boolean",
        "FOUNDATION | workspaces: {namespace: Upper} | /workspaces/namespace",
        "FOUNDATION | loadBalancer: azure | '/loadBalancer': value must be one of 'none', 'aws'",
        "FOUNDATION | network: {private: [10.0.0.1]} | /network/private/0",
        "FOUNDATION | network: {allow: [{name: a, cidr: 10.0.0.1/32}]} | missing property 'ports'",
        "FOUNDATION | storageClasses: {a: {}} | missing property 'provisioner'",
        "FOUNDATION | storageClasses: {a: {provisioner: b, reclaim: c}} | 'reclaim' not allowed",
        "GATEHOUSE | gateway: {replicas: two} | '/gateway/replicas': got string, want integer",
        "GATEHOUSE | gateway: {replicas: 0} | '/gateway/replicas': minimum: got 0, want 1",
        "GATEHOUSE | gateway: {service: {type: Balancer}} | /gateway/service/type",
        "GATEHOUSE | gateway: {service: {loadBalancer: aws, type: NodePort}} |"
            + " /gateway/service/type",
        "GATEHOUSE | operator: false | '/operator': got boolean, want object",
        "GATEHOUSE | imagePullSecrets: [{name: a}] | '/imagePullSecrets/0': got object, want"
            + " string",
        "DIRECTORY | servers: 3 | '/servers': value must be one of 1, 2",
        "DIRECTORY | suffix: example.com | /suffix",
        "DIRECTORY | restore: {enabled: true, from: ../data/db} | /restore/from",
        "DIRECTORY | storageClas: fast | 'storageClas' not allowed",
      })
  void render_valueThatIsWrong_isRefusedWithItsPlace(Chart chart, String values, String message) {
    assertThatThrownBy(() -> chart.render(values))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("values don't meet the specifications of the schema")
        .hasMessageContaining(message);
  }

  /** Who can make a pod beside the gateway could read its keys. */
  @Test
  void render_workspacesBesideTheGateway_isRefused() {
    assertThatThrownBy(() -> Chart.FOUNDATION.render("workspaces: {namespace: gatehouse}"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("workspaces.namespace is \"gatehouse\", where the gateway runs");
  }

  /** A key that only one of the two has is a typo in the other. */
  @ParameterizedTest
  @EnumSource(Chart.class)
  void schema_hasTheKeysOfTheValues(Chart chart) {
    var schema = Manifests.parse(chart.text("values.schema.json")).objects().getFirst();
    assertThat(paths("", schema)).containsExactlyElementsOf(keys("", chart.defaults()));
  }

  /** Else a new key below it would be free. */
  @ParameterizedTest
  @EnumSource(Chart.class)
  void schema_leavesNoObjectOpen(Chart chart) {
    var schema = Manifests.parse(chart.text("values.schema.json")).objects().getFirst();
    var open =
        objects(schema)
            .filter(o -> o.has("properties") && !o.path("additionalProperties").isBoolean())
            .toList();
    assertThat(open).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Chart.class)
  void values_eachKey_hasAComment(Chart chart) {
    var lines = chart.text("values.yaml").lines().toList();
    var bare = new ArrayList<String>();
    for (var i = 1; i < lines.size(); i++) {
      var above = lines.get(i - 1).strip();
      if (lines.get(i).matches(KEY) && !above.startsWith("#") && !opens(above)) {
        bare.add(lines.get(i));
      }
    }
    // Named by the comment of the key above it.
    assertThat(bare).isSubsetOf("  healthPort: 8081");
  }

  /** The first key of a section, whose comment is the section's, or has one of its own below it. */
  private static boolean opens(String line) {
    return line.isEmpty() || line.endsWith(":");
  }

  /** Of objects whose keys the chart knows; those of a map are the site's. */
  private static List<String> keys(String path, JsonNode values) {
    return values.isObject() && !values.isEmpty()
        ? values
            .propertyStream()
            .flatMap(e -> keys(path + "/" + e.getKey(), e.getValue()).stream())
            .sorted()
            .toList()
        : List.of(path);
  }

  private static List<String> paths(String path, JsonNode schema) {
    return schema.has("properties")
        ? schema
            .path("properties")
            .propertyStream()
            .flatMap(e -> paths(path + "/" + e.getKey(), e.getValue()).stream())
            .sorted()
            .toList()
        : List.of(path);
  }

  private static Stream<JsonNode> objects(JsonNode schema) {
    return Stream.concat(
        Stream.of(schema).filter(node -> node.path("type").asString("").equals("object")),
        schema.valueStream().flatMap(SchemaIT::objects));
  }
}
