package dev.gatehouse.testkit.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What the API server refuses by the CRDs of Karpenter 1.14 (NodePool, EC2NodeClass) and of EKS
 * Auto Mode (NodeClass), in the fields that we send; by hand.
 */
final class NodePoolRules {
  /** The fields of an object at a path; what is not named here is not looked into. */
  private static final Map<String, Set<String>> NODE_POOL =
      Map.of(
          "", Set.of("disruption", "limits", "replicas", "template", "weight"),
          "/disruption", Set.of("budgets", "consolidateAfter", "consolidationPolicy"),
          "/template", Set.of("metadata", "spec"),
          "/template/metadata", Set.of("annotations", "labels"),
          "/template/spec",
              Set.of(
                  "expireAfter",
                  "nodeClassRef",
                  "requirements",
                  "startupTaints",
                  "taints",
                  "terminationGracePeriod"),
          "/template/spec/nodeClassRef", Set.of("group", "kind", "name"));

  private static final Set<String> EC2_NODE_CLASS =
      Set.of(
          "amiFamily",
          "amiSelectorTerms",
          "associatePublicIPAddress",
          "blockDeviceMappings",
          "capacityReservationSelectorTerms",
          "context",
          "detailedMonitoring",
          "instanceProfile",
          "instanceStorePolicy",
          "kubelet",
          "metadataOptions",
          "role",
          "securityGroupSelectorTerms",
          "subnetSelectorTerms",
          "tags",
          "userData");

  /** By its documentation. */
  private static final Set<String> NODE_CLASS =
      Set.of(
          "ephemeralStorage",
          "instanceProfile",
          "networkPolicy",
          "networkPolicyEventLogs",
          "role",
          "securityGroupSelectorTerms",
          "snatPolicy",
          "subnetSelectorTerms",
          "tags");

  private static final Pattern DURATION = Pattern.compile("([0-9]+(s|m|h))+|Never");
  private static final Pattern VOLUME_SIZE = Pattern.compile("[1-9][0-9]{0,4}Gi|[1-9][0-9]?Ti");
  private static final Pattern ALIAS =
      Pattern.compile("(al2|al2023|bottlerocket|windows2019|windows2022|windows2025)@.+");
  private static final Pattern LABEL_VALUE =
      Pattern.compile("(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?");
  private static final Set<String> OPEN_OF_KARPENTER = Set.of("karpenter.sh/capacity-type");
  private static final Set<String> OPERATORS =
      Set.of("In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt", "Gte", "Lte");

  private NodePoolRules() {}

  static Optional<Refusal> refusal(JsonNode wanted, Optional<JsonNode> before) {
    var spec = wanted.path("spec");
    var unknown =
        switch (wanted.path("kind").asString("")) {
          case "NodePool" ->
              NODE_POOL.entrySet().stream()
                  .flatMap(e -> unknown(spec.at(e.getKey()), e.getValue()))
                  .toList();
          case "EC2NodeClass" -> unknown(spec, EC2_NODE_CLASS).toList();
          case "NodeClass" -> unknown(spec, NODE_CLASS).toList();
          default -> List.<String>of();
        };
    if (!unknown.isEmpty()) {
      // A typo under server-side apply is no 422.
      return Optional.of(
          new Refusal(
              500,
              "",
              "failed to create typed patch object: .spec.%s: field not declared in schema"
                  .formatted(unknown.getFirst())));
    }
    var problems = new ArrayList<String>();
    switch (wanted.path("kind").asString("")) {
      case "NodePool" -> nodePool(spec, before.map(b -> b.path("spec")), problems);
      case "EC2NodeClass" -> {
        ec2(spec, problems);
        network(spec, problems);
      }
      case "NodeClass" -> network(spec, problems);
      default -> {}
    }
    return problems.isEmpty()
        ? Optional.empty()
        : Optional.of(Refusal.invalid(String.join("; ", problems)));
  }

  private static Stream<String> unknown(JsonNode object, Set<String> known) {
    return object.propertyNames().stream().filter(name -> !known.contains(name));
  }

  private static void nodePool(JsonNode spec, Optional<JsonNode> before, List<String> problems) {
    var disruption = spec.path("disruption");
    if (!disruption.isMissingNode()) {
      require(disruption, "consolidateAfter", problems);
      check(
          DURATION.matcher(disruption.path("consolidateAfter").asString("Never")).matches(),
          "spec.disruption.consolidateAfter: Invalid value",
          problems);
      check(
          Set.of("WhenEmpty", "WhenEmptyOrUnderutilized", "Balanced")
              .contains(disruption.path("consolidationPolicy").asString("WhenEmpty")),
          "spec.disruption.consolidationPolicy: Unsupported value",
          problems);
    }
    check(
        before.isEmpty() || before.get().has("replicas") == spec.has("replicas"),
        "spec: Invalid value: \"object\": Cannot transition NodePool between static (replicas set)"
            + " and dynamic (replicas unset) provisioning modes",
        problems);
    if (spec.has("replicas")) {
      check(spec.path("replicas").isIntegralNumber(), "spec.replicas: Invalid type", problems);
      check(!spec.has("weight"), "'weight' is not supported on static NodePools", problems);
      check(
          unknown(spec.path("limits"), Set.of("nodes")).findAny().isEmpty(),
          "only 'limits.nodes' is supported on static NodePools",
          problems);
    }
    template(spec.path("template"), before.map(b -> b.path("template")), problems);
  }

  private static void template(
      JsonNode template, Optional<JsonNode> before, List<String> problems) {
    for (var label : template.at("/metadata/labels").properties()) {
      labelKey(label.getKey(), problems);
      check(
          LABEL_VALUE.matcher(label.getValue().asString("")).matches(),
          "spec.template.metadata.labels: Invalid value",
          problems);
    }
    var spec = template.path("spec");
    require(spec, "nodeClassRef", problems);
    require(spec, "requirements", problems);
    List.of("group", "kind", "name")
        .forEach(field -> require(spec.path("nodeClassRef"), field, problems));
    for (var field : List.of("group", "kind")) {
      var path = "/spec/nodeClassRef/" + field;
      check(
          before.isEmpty() || before.get().at(path).equals(template.at(path)),
          "nodeClassRef.%s is immutable".formatted(field),
          problems);
    }
    for (var requirement : spec.path("requirements")) {
      labelKey(requirement.path("key").asString(""), problems);
      var operator = requirement.path("operator").asString("");
      check(OPERATORS.contains(operator), "operator: Unsupported value", problems);
      check(
          !operator.equals("In") || !requirement.path("values").isEmpty(),
          "requirements with operator 'In' must have a value defined",
          problems);
      for (var value : requirement.path("values")) {
        check(value.isString(), "requirements.values: must be of type string", problems);
      }
    }
    for (var taint : spec.path("taints")) {
      require(taint, "key", problems);
      require(taint, "effect", problems);
      check(
          !taint.has("value") || !taint.path("value").asString("").isEmpty(),
          "spec.template.spec.taints.value: Invalid value",
          problems);
    }
  }

  private static void labelKey(String key, List<String> problems) {
    check(
        OPEN_OF_KARPENTER.contains(key) || !domain(key).endsWith("karpenter.sh"),
        "label domain \"karpenter.sh\" is restricted",
        problems);
    check(
        !key.equals("kubernetes.io/hostname"),
        "label \"kubernetes.io/hostname\" is restricted",
        problems);
    check(
        key.startsWith("karpenter.k8s.aws/instance-") || !domain(key).endsWith("karpenter.k8s.aws"),
        "label domain \"karpenter.k8s.aws\" is restricted",
        problems);
  }

  private static String domain(String key) {
    var slash = key.indexOf('/');
    return slash < 0 ? "" : key.substring(0, slash);
  }

  private static void ec2(JsonNode spec, List<String> problems) {
    var terms = spec.path("amiSelectorTerms");
    check(!terms.isEmpty(), "spec.amiSelectorTerms: Required value", problems);
    var hasAlias = false;
    for (var term : terms) {
      if (term.has("alias")) {
        hasAlias = true;
        check(term.size() == 1 && terms.size() == 1, "'alias' is mutually exclusive", problems);
        check(
            ALIAS.matcher(term.path("alias").asString("")).matches(),
            "'alias' is improperly formatted, must match the format 'family@version'",
            problems);
      }
      check(!term.has("id") || term.size() == 1, "'id' is mutually exclusive", problems);
    }
    check(hasAlias || spec.has("amiFamily"), "spec.amiFamily: Required value", problems);
    for (var mapping : spec.path("blockDeviceMappings")) {
      check(
          VOLUME_SIZE.matcher(mapping.at("/ebs/volumeSize").asString("")).matches(),
          "spec.blockDeviceMappings.ebs.volumeSize: Invalid value",
          problems);
    }
  }

  private static void network(JsonNode spec, List<String> problems) {
    check(
        spec.has("role") != spec.has("instanceProfile"),
        "must specify exactly one of ['role', 'instanceProfile']",
        problems);
    for (var field : List.of("subnetSelectorTerms", "securityGroupSelectorTerms")) {
      check(!spec.path(field).isEmpty(), field + " cannot be empty", problems);
    }
  }

  private static void require(JsonNode object, String field, List<String> problems) {
    check(object.has(field), "%s: Required value".formatted(field), problems);
  }

  private static void check(boolean fine, String what, List<String> problems) {
    if (!fine) {
      problems.add(what);
    }
  }
}
