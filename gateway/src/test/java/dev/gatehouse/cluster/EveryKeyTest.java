package dev.gatehouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.revisions.Author;
import dev.gatehouse.cluster.revisions.Revision;
import dev.gatehouse.key.TestKeys;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every key of the schema is changed in a running gateway's definition: either the new value is in
 * force, or the key is named as one that is not. KeptSettingsTest shows that nobody keeps a value
 * of the first kind.
 */
final class EveryKeyTest {
  private static final AtomicLong NUMBER = new AtomicLong();
  private static final JsonMapper JSON = JsonMapper.shared();

  /** What may be left out, but not where the keys beside it are to be changed. */
  private static final String BASE =
      """
      {"login": {"rules": [{"groups": ["lab"], "from": ["192.0.2.0/24"], "methods": ["publickey"]}]},
       "directory": {"ldap": {"servers": ["ldap://one.example.com"], "base": "dc=example,dc=com",
         "startTls": true, "bindDn": "cn=gateway", "bindPasswordFile": "password"}},
       "machineTypes": {"standard": {"tolerations": [{"key": "gpu"}],
         "volumes": [{"name": "data", "claim": "data", "path": "/data"}],
         "services": {"jupyter": {"command": "jupyter", "port": 8888}}}, "wide": {"cpu": 3}},
       "pools": {"one": {"gpus": 8, "max": 100, "taints": [{"key": "gpu"}]}},
       "kubernetes": {"storageClasses": {"one": {"provisioner": "one.example.com"}},
         "network": {"allow": [{"name": "one", "cidr": "192.0.2.0/24", "ports": [80]}]}},
       "cloud": {"aws": {"region": "eu-central-1", "cluster": "lab", "network": {}, "kubernetes": {}}},
       "costs": {"prices": {"one": {"onDemand": 1, "spot": 1}},
         "budgets": {"people": {"one": {"monthly": 1}}, "groups": {"one": {"monthly": 1}},
           "eachPerson": {"monthly": 1}, "everybody": {"monthly": 1}}},
       "apps": {"web": {"ports": [80]}}}
      """;

  /** A directory of our own, in place of the site's. */
  private static final String DEPLOYED =
      """
      {"directory": {"ldap": null, "deployed": {}}}\
      """;

  private static final String CERTIFICATE =
      """
      {"directory": {"ldap": {"bindDn": null, "bindPasswordFile": null,
        "clientCertificate": {"certificate": "a.pem", "key": "a.key"}}}}\
      """;

  /** A VPC that is there, in place of a new one. */
  private static final String VPC =
      """
      {"cloud": {"aws": {"network": {"vpc": "vpc-01234567",
        "privateSubnets": ["subnet-01234567", "subnet-01234568"],
        "publicSubnets": ["subnet-01234569"]}}}}\
      """;

  private static final String PLAINTEXT =
      """
      {"directory": {"ldap": {"startTls": false, "allowPlaintext": true}}}\
      """;

  /** Keys that exclude others, which null takes away. */
  private static final Map<String, String> TOGETHER =
      Map.of(
          "directory.ldap.startTls",
          PLAINTEXT,
          "directory.ldap.allowPlaintext",
          PLAINTEXT,
          "directory.ldap.clientCertificate.certificate",
          CERTIFICATE,
          "directory.ldap.clientCertificate.key",
          CERTIFICATE,
          "gateway.service.nodePort",
          """
          {"gateway": {"service": {"type": "NodePort", "nodePort": 30007}}}\
          """,
          "gateway.service.loadBalancer",
          """
          {"gateway": {"proxyProtocolFrom": ["10.0.0.0/8"], "service": {"loadBalancer": "aws"}}}\
          """,
          "gateway.service.scheme",
          """
          {"gateway": {"proxyProtocolFrom": ["10.0.0.0/8"],
            "service": {"loadBalancer": "aws", "scheme": "internal"}}}\
          """,
          "machineTypes.standard.volumes.0.scratch",
          """
          {"machineTypes": {"standard": {"volumes":
            [{"name": "data", "scratch": "7Gi", "path": "/data"}]}}}\
          """,
          "machineTypes.standard.services.jupyter.socket",
          """
          {"machineTypes": {"standard": {"services":
            {"jupyter": {"port": null, "socket": "~/jupyter.sock"}}}}}\
          """);

  /** Tried one after the other until one is taken and makes a difference. */
  private static final List<Object> VALUES =
      List.of(
          true,
          false,
          7,
          2,
          130,
          20000,
          "7s",
          "7m",
          "70s",
          "7h",
          "7Gi",
          "7M",
          "7",
          "7:17:27",
          "24:48",
          "fips",
          "forward",
          "activeDirectory",
          "wide",
          "other",
          "10.0.0.0/8",
          "ldap://other.example.com",
          "dc=other",
          "(cn=*)",
          "20000-30000",
          "/other",
          "keyboard-interactive",
          "one",
          "NodePort",
          "included",
          30007,
          "7 7 * * *",
          "NoExecute",
          "Retain",
          "EUR",
          "refuseStarts",
          "Immediate",
          "eu-west-7",
          "10.7.0.0/16",
          "123456789012",
          "karpenter",
          "perZone",
          List.of("one", "other"),
          3,
          "1.33",
          "fs-01234567",
          "audit",
          "arn:aws:iam::123456789012:role/other",
          "arn:aws:iam::123456789012:policy/other",
          TestKeys.ed25519(1).line());

  private static final String NOT_IN_FORCE_AT_ONCE =
      """
      directory.ldap
      gateway.algorithms
      gateway.health
      gateway.host
      gateway.port
      kubernetes.gatewayNamespace
      kubernetes.namespace
      kubernetes.reach
      """;

  static Stream<String> keys() throws IOException {
    var schema = JSON.readTree(Files.readString(Path.of("../config/cluster.schema.json")));
    var keys = new ArrayList<String>();
    leaves(schema, schema, "", keys);
    return keys.stream();
  }

  /** The paths of all that is no object of keys that are known. */
  private static void leaves(JsonNode root, JsonNode node, String path, List<String> keys) {
    var here = node.has("$ref") ? root.at(node.get("$ref").asString().substring(1)) : node;
    if (here.has("properties")) {
      here.get("properties")
          .propertyStream()
          .forEach(p -> leaves(root, p.getValue(), below(path, p.getKey()), keys));
    } else if (here.path("additionalProperties").isObject()) {
      leaves(root, here.get("additionalProperties"), below(path, nameBelow(path)), keys);
    } else if (objects(root, here.path("items"))) {
      leaves(root, here.get("items"), below(path, "0"), keys);
    } else {
      keys.add(path);
    }
  }

  private static boolean objects(JsonNode root, JsonNode items) {
    var item = items.has("$ref") ? root.at(items.get("$ref").asString().substring(1)) : items;
    return item.has("properties");
  }

  /** Names that a site chooses. */
  private static String nameBelow(String path) {
    return switch (path) {
      case "machineTypes" -> "standard";
      case "apps" -> "web";
      case "machineTypes.standard.services" -> "jupyter";
      case "limits.channelTimeout" -> "direct-tcpip";
      case "cloud.aws.roles.workspaces" -> "standard";
      case "pools", "kubernetes.storageClasses" -> "one";
      case "costs.prices", "costs.budgets.people", "costs.budgets.groups" -> "one";
      default -> "NAME";
    };
  }

  private static String below(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  @ParameterizedTest
  @MethodSource("keys")
  void change_ofThisKey_isInForceOrNamed(String key) {
    var live = new LiveDefinition(ClusterDefinitionFile.parse("test.yaml", base(key).toString()));
    var before = live.get();
    assertThat(candidates(key).anyMatch(text -> makesADifference(live, text)))
        .as("EveryKeyTest has a value that %s takes, and that changes the definition", key)
        .isTrue();

    var named = live.unapplied().stream().map(Unapplied::key).toList();
    if (named.isEmpty()) {
      assertThat(live.get()).isNotEqualTo(before);
    } else if (key.startsWith("directory.deployed.")) {
      // The operator makes the directory so at once; gateways look where it was until they start.
      assertThat(named).containsExactly("directory.ldap");
      assertThat(live.get().directory().ldap()).isEqualTo(before.directory().ldap());
    } else {
      assertThat(live.get()).isEqualTo(before);
      assertThat(named).singleElement().matches(k -> (key + ".").startsWith(k + "."));
      assertThat(NOT_IN_FORCE_AT_ONCE.lines()).containsAll(named);
    }
  }

  private static boolean makesADifference(LiveDefinition live, String text) {
    var before = live.get();
    live.offer(
        new Revision(
            NUMBER.incrementAndGet(),
            text,
            Instant.EPOCH,
            new Author("ada", "a test", Optional.empty())));
    return !live.get().equals(before) || !live.unapplied().isEmpty();
  }

  private static JsonNode base(String key) {
    var base = JSON.readTree(BASE);
    return key.startsWith("directory.deployed.") ? merged(base, JSON.readTree(DEPLOYED)) : base;
  }

  private static Stream<String> candidates(String key) {
    var patch = ofVpc(key) ? VPC : TOGETHER.get(key);
    if (patch != null) {
      return Stream.of(merged(JSON.readTree(BASE), JSON.readTree(patch)).toString());
    }
    return VALUES.stream()
        .<JsonNode>map(JSON::valueToTree)
        .flatMap(value -> Stream.of(value, JSON.createArrayNode().add(value)))
        .map(value -> with(key, value));
  }

  private static boolean ofVpc(String key) {
    return key.matches("cloud[.]aws[.]network[.](vpc|privateSubnets|publicSubnets)");
  }

  /** As RFC 7396 has it. */
  private static JsonNode merged(JsonNode target, JsonNode patch) {
    if (!(target instanceof ObjectNode object) || !patch.isObject()) {
      return patch;
    }
    patch
        .propertyStream()
        .forEach(
            p -> {
              if (p.getValue().isNull()) {
                object.remove(p.getKey());
              } else {
                object.set(p.getKey(), merged(object.path(p.getKey()), p.getValue()));
              }
            });
    return object;
  }

  private static String with(String key, JsonNode value) {
    var root = base(key);
    var steps = key.split("\\.");
    var node = root;
    for (var step : List.of(steps).subList(0, steps.length - 1)) {
      node = child(node, step);
    }
    ((ObjectNode) node).set(steps[steps.length - 1], value);
    return root.toString();
  }

  private static JsonNode child(JsonNode node, String step) {
    if (node instanceof ArrayNode array) {
      return array.get(Integer.parseInt(step));
    }
    return node.has(step) ? node.get(step) : ((ObjectNode) node).putObject(step);
  }

  /** A mark in what may be absent, or in a list, would not be looked at. */
  @Test
  void marks_ofAllSettings_areThoseThatAreLookedAt() {
    var marks = new TreeSet<String>();
    collect("", ClusterDefinition.class, true, marks, new HashSet<>());
    assertThat(marks).containsExactlyElementsOf(NOT_IN_FORCE_AT_ONCE.lines().toList());
  }

  private static void collect(
      String path, Type type, boolean plain, Set<String> marks, Set<Type> seen) {
    if (type instanceof ParameterizedType generic) {
      for (var argument : generic.getActualTypeArguments()) {
        collect(path, argument, false, marks, seen);
      }
    } else if (type instanceof Class<?> record && record.isRecord() && seen.add(record)) {
      for (var component : record.getRecordComponents()) {
        var key = below(path, component.getName());
        if (component.isAnnotationPresent(InForceAfter.class)) {
          marks.add(plain ? key : key + " is not looked at");
        }
        collect(key, component.getGenericType(), plain, marks, seen);
      }
    } else if (type instanceof Class<?> choice && choice.isSealed() && seen.add(choice)) {
      for (var one : choice.getPermittedSubclasses()) {
        collect(path, one, false, marks, seen);
      }
    }
  }
}
