package dev.gatehouse.testkit.kubernetes;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a real API server refuses with 422, and the mock does not. */
final class ApiRules {
  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final Pattern LABEL_1035 = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
  private static final Pattern LABEL_1123 = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
  private static final Pattern LABEL_VALUE =
      Pattern.compile("(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?");
  private static final Pattern QUALIFIED =
      Pattern.compile("([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
  private static final Pattern DATA_KEY = Pattern.compile("[-._a-zA-Z0-9]{1,253}");
  private static final Pattern VARIABLE = Pattern.compile("[-._a-zA-Z][-._a-zA-Z0-9]*");

  /** What a real one says when another field of a StatefulSet is changed than those. */
  static final String IMMUTABLE =
      "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals',"
          + " 'template', 'updateStrategy', 'persistentVolumeClaimRetentionPolicy' and"
          + " 'minReadySeconds' are forbidden";

  /** Of a StatefulSet; a real one refuses a change of any other field. */
  private static final Set<String> MUTABLE =
      Set.of(
          "replicas",
          "ordinals",
          "template",
          "updateStrategy",
          "revisionHistoryLimit",
          "persistentVolumeClaimRetentionPolicy",
          "minReadySeconds");

  /**
   * Fields that Kubernetes 1.26, the oldest that is promised, knows not or not without a feature
   * gate. It takes an object with one, and drops the field without a word: an apply of the same
   * object never comes to rest. Without hostUsers, which the workspaces of root: true need: those
   * are promised from 1.30 on.
   */
  private static final Set<String> YOUNGER =
      Set.of(
          "unhealthyPodEvictionPolicy",
          "persistentVolumeClaimRetentionPolicy",
          "ordinals",
          "schedulingGates",
          "resizePolicy",
          "podReplacementPolicy",
          "successPolicy",
          "managedBy",
          "trafficDistribution",
          "volumeAttributesClassName",
          "matchLabelKeys",
          "mismatchLabelKeys",
          "supplementalGroupsPolicy",
          "recursiveReadOnly");

  private ApiRules() {}

  /** As the oldest API server that is promised stores it. */
  static void dropYounger(JsonNode object) {
    if (object instanceof ObjectNode fields) {
      fields.remove(YOUNGER);
    }
    object.forEach(ApiRules::dropYounger);
  }

  /** What is wrong with an object that is to be made or changed; empty if nothing. */
  static Optional<String> objection(JsonNode wanted, Optional<JsonNode> before) {
    var problems = new ArrayList<String>();
    var kind = wanted.path("kind").asString("");
    var name = wanted.at("/metadata/name").asString("");
    names(kind, name, problems);
    labels(wanted.at("/metadata/labels"), problems);
    labels(wanted.at("/spec/template/metadata/labels"), problems);
    annotations(wanted.at("/metadata/annotations"), problems);
    annotations(wanted.at("/spec/template/metadata/annotations"), problems);
    wanted
        .path("data")
        .propertyNames()
        .forEach(
            key -> {
              if (!DATA_KEY.matcher(key).matches()) {
                problems.add("data[%s]: Invalid value".formatted(key));
              }
            });
    switch (kind) {
      case "StatefulSet" -> {
        pod(wanted.at("/spec/template/spec"), wanted.at("/spec/volumeClaimTemplates"), problems);
        selector(wanted, problems);
        before.ifPresent(b -> immutable(b.path("spec"), wanted.path("spec"), problems));
      }
      case "Pod" -> {
        pod(wanted.path("spec"), wanted.path("none"), problems);
        before.ifPresent(
            b -> {
              if (!b.path("spec").equals(wanted.path("spec"))) {
                problems.add("spec: Forbidden: pod updates may not change fields");
              }
            });
      }
      case "PersistentVolumeClaim" ->
          before.ifPresent(
              b -> {
                if (!b.at("/spec/accessModes").equals(wanted.at("/spec/accessModes"))) {
                  problems.add("spec: Forbidden: spec is immutable after creation");
                }
              });
      case "ConfigMap" -> size(wanted.path("data"), wanted.path("binaryData"), problems);
      case "ControllerRevision" -> revision(wanted, before, problems);
      default -> {}
    }
    before.ifPresent(b -> ImmutableFields.check(kind, b, wanted, problems));
    return problems.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s \"%s\" is invalid: %s"
                .formatted(
                    kind + group(wanted),
                    name,
                    problems.size() == 1 ? problems.getFirst() : problems));
  }

  private static String group(JsonNode object) {
    var version = object.path("apiVersion").asString("");
    return version.contains("/") ? "." + version.replaceFirst("/.*", "") : "";
  }

  private static void size(JsonNode data, JsonNode binary, List<String> problems) {
    var bytes = 0;
    for (var entry : binary.properties()) {
      bytes += Base64.getDecoder().decode(entry.getValue().asString("")).length;
    }
    for (var entry : data.properties()) {
      bytes += entry.getValue().asString("").getBytes(StandardCharsets.UTF_8).length;
    }
    if (bytes > 1 << 20) {
      problems.add("[]: Too long: must have at most 1048576 bytes");
    }
  }

  private static void revision(JsonNode wanted, Optional<JsonNode> before, List<String> problems) {
    if (!wanted.path("data").isObject()) {
      problems.add("data: Invalid value: must be a valid JSON object");
    }
    if (wanted.path("revision").asLong(-1) < 0) {
      problems.add("revision: Invalid value: must be non-negative");
    }
    before.ifPresent(
        b -> {
          if (!b.path("data").equals(wanted.path("data"))) {
            problems.add("data: Invalid value: field is immutable");
          }
        });
  }

  private static void names(String kind, String name, List<String> problems) {
    var form = kind.equals("Service") ? LABEL_1035 : SUBDOMAIN;
    var most = kind.equals("Service") || kind.equals("Pod") ? 63 : 253;
    if (!form.matcher(name).matches() || name.length() > most) {
      problems.add("metadata.name: Invalid value: \"%s\"".formatted(name));
    }
    // Its pod's name, and the label with its revision, would not fit.
    if (kind.equals("StatefulSet") && name.length() > 52) {
      problems.add("metadata.name: too long for the label controller-revision-hash");
    }
  }

  private static void labels(JsonNode labels, List<String> problems) {
    for (var label : labels.properties()) {
      var value = label.getValue().asString("");
      if (!QUALIFIED.matcher(label.getKey()).matches()
          || value.length() > 63
          || !LABEL_VALUE.matcher(value).matches()) {
        problems.add("metadata.labels: Invalid value: %s=%s".formatted(label.getKey(), value));
      }
    }
  }

  private static void annotations(JsonNode annotations, List<String> problems) {
    for (var annotation : annotations.properties()) {
      if (!QUALIFIED.matcher(annotation.getKey()).matches() || !annotation.getValue().isString()) {
        problems.add("metadata.annotations: Invalid value: " + annotation);
      }
    }
  }

  private static void selector(JsonNode set, List<String> problems) {
    var labels = set.at("/spec/template/metadata/labels");
    for (var wanted : set.at("/spec/selector/matchLabels").properties()) {
      if (!wanted.getValue().equals(labels.path(wanted.getKey()))) {
        problems.add("spec.template.metadata.labels: `selector` does not match template `labels`");
      }
    }
  }

  private static void immutable(JsonNode before, JsonNode now, List<String> problems) {
    for (var field : now.properties()) {
      if (!MUTABLE.contains(field.getKey())
          && before.has(field.getKey())
          && !before.path(field.getKey()).equals(field.getValue())) {
        problems.add(IMMUTABLE);
      }
    }
  }

  /** Pod Security's level restricted, and references inside of the pod. */
  private static void pod(JsonNode spec, JsonNode claimTemplates, List<String> problems) {
    var volumes = new ArrayList<String>();
    claimTemplates.forEach(claim -> volumes.add(claim.at("/metadata/name").asString("")));
    for (var volume : spec.path("volumes")) {
      volumes.add(volume.path("name").asString(""));
      if (!LABEL_1123.matcher(volume.path("name").asString("")).matches()) {
        problems.add("spec.volumes.name: Invalid value: " + volume.path("name"));
      }
      if (!List.of("configMap", "emptyDir", "persistentVolumeClaim", "projected", "secret", "csi")
          .stream()
          .anyMatch(volume::has)) {
        problems.add("violates PodSecurity \"restricted\": restricted volume types");
      }
    }
    var security = spec.path("securityContext");
    restricted(
        "RuntimeDefault".equals(security.at("/seccompProfile/type").asString("")),
        "seccompProfile",
        problems);
    restricted(security.path("runAsNonRoot").asBoolean(false), "runAsNonRoot != true", problems);
    restricted(security.path("runAsUser").asLong(1) != 0, "runAsUser=0", problems);
    var userNamespace = spec.has("hostUsers") && !spec.path("hostUsers").asBoolean(true);
    for (var list : List.of("initContainers", "containers")) {
      for (var container : spec.path(list)) {
        container(container, volumes, userNamespace, problems);
      }
    }
  }

  private static void container(
      JsonNode container, List<String> volumes, boolean userNamespace, List<String> problems) {
    var own = container.path("securityContext");
    if (!userNamespace) {
      restricted(
          !own.path("allowPrivilegeEscalation").asBoolean(true),
          "allowPrivilegeEscalation != false",
          problems);
      restricted(
          own.at("/capabilities/drop").toString().contains("\"ALL\""),
          "unrestricted capabilities",
          problems);
    }
    var paths = new ArrayList<String>();
    for (var mount : container.path("volumeMounts")) {
      if (!volumes.contains(mount.path("name").asString(""))) {
        problems.add("volumeMounts.name: Not found: " + mount.path("name"));
      }
      if (paths.contains(mount.path("mountPath").asString(""))) {
        problems.add("volumeMounts.mountPath: Invalid value: must be unique: " + mount);
      }
      paths.add(mount.path("mountPath").asString(""));
      var subPath = mount.path("subPath").asString("");
      if (subPath.startsWith("/") || subPath.contains("..")) {
        problems.add("volumeMounts.subPath: Invalid value");
      }
    }
    for (var variable : container.path("env")) {
      if (!VARIABLE.matcher(variable.path("name").asString("")).matches()) {
        problems.add("env.name: Invalid value: " + variable.path("name"));
      }
    }
    var limits = container.at("/resources/limits");
    for (var request : container.at("/resources/requests").properties()) {
      var limit = limits.path(request.getKey());
      if (request.getKey().contains("/") && !limit.equals(request.getValue())) {
        problems.add("resources: requests of an extended resource must be its limits");
      }
    }
  }

  private static void restricted(boolean fine, String what, List<String> problems) {
    if (!fine) {
      problems.add("violates PodSecurity \"restricted:latest\": " + what);
    }
  }
}
