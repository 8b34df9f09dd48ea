package dev.gatehouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.failure.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The loader, the schema and the commented default know the same keys and the same defaults: a key
 * cannot be added in one place alone.
 */
final class ClusterKeysTest {
  private static final Path CONFIG = Path.of("../config");
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final JsonNode SCHEMA = JSON.readTree(text("cluster.schema.json"));
  private static final Pattern ALLOWED = Pattern.compile("allowed here: (.*)");

  private static String text(String file) {
    try {
      return Files.readString(CONFIG.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'%s'                                                       | ''",
        "gateway: {%s}                                              | /gateway",
        "gateway: {health: {%s}}                                    | /gateway/properties/health",
        "gateway: {drain: {%s}}                                     | /gateway/properties/drain",
        "login: {%s}                                                | /login",
        "'login: {rules: [{methods: [], %s}]}'                      |"
            + " /login/properties/rules/items",
        "limits: {%s}                                               | /limits",
        "'limits: {perSourcePenalties: {%s}}'                       |"
            + " /limits/properties/perSourcePenalties",
        "'limits: {rekeyLimit: {%s}}'                               |"
            + " /limits/properties/rekeyLimit",
        "'limits: {requests: {%s}}'                                 | /limits/properties/requests",
        "directory: {%s}                                            | /directory",
        "'directory: {ldap: {servers: [ldaps://a], base: b, bindDn: c, bindPasswordFile: d, %s}}' |"
            + " /directory/properties/ldap",
        "'directory: {ldap: {servers: [ldaps://a], base: b, bindDn: c, bindPasswordFile: d,"
            + " attributes: {%s}}}' | /directory/properties/ldap/properties/attributes",
        "'directory: {ldap: {servers: [ldaps://a], base: b, bindDn: c, bindPasswordFile: d,"
            + " cache: {%s}}}' | /directory/properties/ldap/properties/cache",
        "workspaces: {%s}                                           | /workspaces",
        "'machineTypes: {standard: {%s}}'                           |"
            + " /machineTypes/additionalProperties",
        "'apps: {a: {ports: [80], %s}}'                             | /apps/additionalProperties"
      })
  void keysOfASection_inTheLoader_areThoseOfTheSchema(String yaml, String section) {
    var error =
        catchThrowableOfType(
            UserError.class,
            () -> ClusterDefinitionFile.parse("test.yaml", yaml.formatted("qqqqqqqqqqqqqqqq: 1")));
    var allowed = ALLOWED.matcher(error.text());
    assertThat(allowed.find()).isTrue();
    var properties = SCHEMA.at((section.isEmpty() ? "" : "/properties" + section) + "/properties");
    assertThat(allowed.group(1).split(", "))
        .containsExactlyInAnyOrderElementsOf(properties.propertyNames());
  }

  @Test
  void defaultsOfTheSchema_readByTheLoader_areItsDefaults() {
    var defaults = defaults(SCHEMA);
    assertThat(defaults.at("/limits/perSourcePenalties/maxSources").asInt()).isEqualTo(65_536);
    assertThat(ClusterDefinitionFile.parse("test.yaml", defaults.toString()))
        .isEqualTo(ClusterDefinitionFile.parse("test.yaml", "{}"));
  }

  private static ObjectNode defaults(JsonNode object) {
    var values = JSON.createObjectNode();
    for (var property : object.path("properties").properties()) {
      var schema = property.getValue();
      if (schema.has("default")) {
        values.set(property.getKey(), schema.get("default"));
      } else if (!defaults(schema).isEmpty()) {
        values.set(property.getKey(), defaults(schema));
      }
    }
    return values;
  }

  static List<String> keys() {
    return names(SCHEMA).distinct().toList();
  }

  private static Stream<String> names(JsonNode object) {
    return Stream.concat(
        object.path("properties").propertyStream().flatMap(p -> named(p.getKey(), p.getValue())),
        Stream.of("items", "additionalProperties")
            .map(object::path)
            .filter(JsonNode::isObject)
            .flatMap(ClusterKeysTest::names));
  }

  private static Stream<String> named(String key, JsonNode schema) {
    return Stream.concat(Stream.of(key), names(schema));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void key_ofTheSchema_standsInTheCommentedDefault(String key) {
    assertThat(text("cluster.yaml")).containsPattern("(?m)^ *(# +)?(- )?%s:".formatted(key));
  }
}
