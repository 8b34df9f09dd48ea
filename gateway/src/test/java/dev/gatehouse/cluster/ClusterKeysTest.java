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
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The loader, the schema and the commented default know the same keys and the same defaults: a key
 * cannot be added in one place alone.
 */
final class ClusterKeysTest {
  private static final Path CONFIG = Path.of("../config");
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final YAMLMapper YAML = new YAMLMapper();
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
        "'gateway: {service: {%s}}'                                 | /gateway/properties/service",
        "'definition: {%s}'                                         | /definition",
        "'images: {%s}'                                             | /images",
        "'cloud: {%s}' | /cloud",
        "'cloud: {aws: {region: eu-central-1, cluster: a, %s}}' | /cloud/properties/aws",
        "'cloud: {aws: {region: eu-central-1, cluster: a, kubernetes: , network: {%s}}}' |"
            + " /cloud/properties/aws/properties/network",
        "'cloud: {aws: {region: eu-central-1, cluster: a, network: , kubernetes: {%s}}}' |"
            + " /cloud/properties/aws/properties/kubernetes",
        "'cloud: {aws: {region: eu-central-1, cluster: a, network: , kubernetes: {system: {%s}}}}'"
            + " | /cloud/properties/aws/properties/kubernetes/properties/system",
        "'cloud: {aws: {region: eu-central-1, cluster: a, fileSystem: {%s}}}' |"
            + " /cloud/properties/aws/properties/fileSystem",
        "'cloud: {aws: {region: eu-central-1, cluster: a, roles: {%s}}}' |"
            + " /cloud/properties/aws/properties/roles",
        "'cloud: {aws: {region: eu-central-1, cluster: a, roles: {workspaces: {standard: {%s}}}}}'"
            + " | /cloud/properties/aws/properties/roles/properties/workspaces/additionalProperties",
        "'pools: {a: {%s}}'                                         | /pools/additionalProperties",
        "'pools: {a: {taints: [{key: a, %s}]}}'                     |"
            + " /pools/additionalProperties/properties/taints/items",
        "'costs: {%s}'                                              | /costs",
        "'costs: {prices: {a1: {onDemand: 1, %s}}}'                 |"
            + " /costs/properties/prices/additionalProperties",
        "'costs: {budgets: {%s}}'                                   | /costs/properties/budgets",
        "'directory: {deployed: {%s}}'                              |"
            + " /directory/properties/deployed",
        "'directory: {deployed: {backup: {%s}}}'                    |"
            + " /directory/properties/deployed/properties/backup",
        "'kubernetes: {%s}'                                         | /kubernetes",
        "'kubernetes: {homes: {%s}}'                                |"
            + " /kubernetes/properties/homes",
        "'kubernetes: {quota: {%s}}'                                |"
            + " /kubernetes/properties/quota",
        "'kubernetes: {network: {%s}}'                              |"
            + " /kubernetes/properties/network",
        "'kubernetes: {network: {allow: [{name: a, cidr: 10.0.0.1, ports: [1], %s}]}}' |"
            + " /kubernetes/properties/network/properties/allow/items",
        "'kubernetes: {storageClasses: {a: {provisioner: a, %s}}}'  |"
            + " /kubernetes/properties/storageClasses/additionalProperties",
        "'machineTypes: {standard: {tolerations: [{key: a, %s}]}}'  |"
            + " /machineTypes/additionalProperties/properties/tolerations/items",
        "'machineTypes: {standard: {volumes: [{name: a, path: /a, claim: c, %s}]}}' |"
            + " /machineTypes/additionalProperties/properties/volumes/items",
        "'machineTypes: {standard: {services: {a: {command: a, port: 8888, %s}}}}' |"
            + " /machineTypes/additionalProperties/properties/services/additionalProperties",
        "'machineTypes: {standard: {services: {a: {command: a, port: 8888, ready: {%s}}}}}' |"
            + " /machineTypes/additionalProperties/properties/services/additionalProperties/properties/ready",
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
        "'directory: {ldap: {servers: [ldaps://a], base: b, bindDn: c, bindPasswordFile: d,"
            + " people: {%s}}}' | /directory/properties/ldap/properties/people",
        "'directory: {ldap: {servers: [ldaps://a], base: b, bindDn: c, bindPasswordFile: d,"
            + " groups: {%s}}}' | /directory/properties/ldap/properties/groups",
        "'directory: {ldap: {servers: [ldaps://a], base: b, bindDn: c, bindPasswordFile: d,"
            + " ids: {%s}}}' | /directory/properties/ldap/properties/ids",
        "'directory: {ldap: {servers: [ldaps://a], base: b, clientCertificate:"
            + " {certificate: c, key: d, %s}}}' |"
            + " /directory/properties/ldap/properties/clientCertificate",
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
    // These are optional as a whole; what they hold is checked below.
    ((ObjectNode) defaults.get("directory")).remove(List.of("ldap", "deployed"));
    defaults.remove("cloud");
    assertThat(defaults.at("/limits/perSourcePenalties/maxSources").asInt()).isEqualTo(65_536);
    assertThat(ClusterDefinitionFile.parse("test.yaml", defaults.toString()))
        .isEqualTo(ClusterDefinitionFile.parse("test.yaml", "{}"));
  }

  /** Sections that need not be there have defaults for when they are. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'{machineTypes: {standard: {%s}}}' | /machineTypes/additionalProperties",
        "'{machineTypes: {standard: {volumes: [{name: a, path: /a, claim: c, %s}]}}}' |"
            + " /machineTypes/additionalProperties/properties/volumes/items",
        "'{pools: {a: {%s}}}' | /pools/additionalProperties",
        "'{pools: {a: {taints: [{key: a, %s}]}}}' |"
            + " /pools/additionalProperties/properties/taints/items",
        "'{cloud: {aws: {region: eu-central-1, cluster: a, kubernetes: , network: {%s}}}}' |"
            + " /cloud/properties/aws/properties/network",
        "'{cloud: {aws: {region: eu-central-1, cluster: a, network: , kubernetes: {%s}}}}' |"
            + " /cloud/properties/aws/properties/kubernetes",
        "'{cloud: {aws: {region: eu-central-1, cluster: a, fileSystem: {%s}}}}' |"
            + " /cloud/properties/aws/properties/fileSystem",
        "'{directory: {deployed: {%s}}}' | /directory/properties/deployed",
        "'{directory: {ldap: {servers: [ldaps://a], base: b, bindDn: c, bindPasswordFile: d, %s}}}'"
            + " | /directory/properties/ldap",
        "'{kubernetes: {storageClasses: {a: {provisioner: a, %s}}}}' |"
            + " /kubernetes/properties/storageClasses/additionalProperties"
      })
  void defaultsOfASection_readByTheLoader_areItsDefaults(String yaml, String section) {
    var defaults = defaults(SCHEMA.at("/properties" + section)).toString();
    assertThat(defaults).contains(":");
    var inner = defaults.substring(1, defaults.length() - 1);
    assertThat(ClusterDefinitionFile.parse("test.yaml", yaml.formatted(inner)))
        .isEqualTo(ClusterDefinitionFile.parse("test.yaml", yaml.formatted("")));
  }

  /** What an editor shows, and what docs/reference.md is made of. */
  @ParameterizedTest
  @MethodSource("properties")
  void key_ofTheSchema_isDescribedInSentences(String path, String description) {
    assertThat(description).as(path).matches("[A-Z].{10,}\\.");
  }

  static Stream<Arguments> properties() {
    return described("", SCHEMA);
  }

  private static Stream<Arguments> described(String path, JsonNode object) {
    var own =
        object
            .path("properties")
            .propertyStream()
            .flatMap(
                p -> {
                  var name = path + "." + p.getKey();
                  var text = p.getValue().path("description").asString("");
                  return Stream.concat(
                      Stream.of(Arguments.of(name, text)), described(name, p.getValue()));
                });
    return Stream.concat(
        own,
        Stream.of("items", "additionalProperties")
            .filter(k -> object.path(k).isObject())
            .flatMap(k -> described(path + "." + k, object.path(k))));
  }

  /** The file that explains the keys says what is so without it. */
  @Test
  void defaultsOfTheSchema_inTheCommentedDefault_areSaid() {
    var shipped = YAML.readTree(text("cluster.yaml"));
    assertThat(
            leaves("", defaults(SCHEMA))
                .filter(p -> !p.matches("/(directory/(ldap|deployed)|cloud/aws)/.*")))
        .isNotEmpty()
        .allSatisfy(
            path ->
                assertThat(shipped.at(path).asString(""))
                    .as(path)
                    .isEqualTo(defaults(SCHEMA).at(path).asString("")));
  }

  /** Empty ones say nothing: an example in a comment says more. */
  private static Stream<String> leaves(String path, JsonNode node) {
    return node.isObject()
        ? node.propertyStream().flatMap(p -> leaves(path + "/" + p.getKey(), p.getValue()))
        : Stream.of(path).filter(_ -> !node.isArray() && !node.asString("").isEmpty());
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
    assertThat(text("cluster.yaml")).containsPattern("(?m)^ *(# +)*(- )?%s:".formatted(key));
  }
}
