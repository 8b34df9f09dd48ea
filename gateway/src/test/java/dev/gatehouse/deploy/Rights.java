package dev.gatehouse.deploy;

import dev.gatehouse.testkit.kubernetes.ApiServer.Access;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What Roles let a service account do, held against what was asked of the API server. */
final class Rights {
  /**
   * @param names empty for every object of the resource
   */
  private record Right(
      String verb, String group, String resource, String namespace, Set<String> names) {

    boolean allows(Access access) {
      return verb.equals(access.verb())
          && group.equals(access.group())
          && resource.equals(access.resource())
          // A ClusterRole's, bound in the cluster, are in every namespace.
          && (namespace.isEmpty() || namespace.equals(access.namespace()))
          && (names.isEmpty() || names.contains(access.name()));
    }

    @Override
    public String toString() {
      return describe(verb, group, resource, namespace, String.join(",", new TreeSet<>(names)));
    }
  }

  private final List<Right> rights;

  private Rights(List<Right> rights) {
    this.rights = rights;
  }

  /**
   * Those that a Role gives and a RoleBinding of its namespace passes on to the account, and those
   * over what belongs to no namespace.
   */
  static Rights of(Manifests manifests, String namespace, String account) {
    return new Rights(
        Stream.of("Role", "ClusterRole")
            .flatMap(
                kind ->
                    manifests
                        .all(kind + "Binding")
                        .filter(b -> names(b, namespace, account))
                        .map(b -> role(manifests, kind, b)))
            .flatMap(Rights::rights)
            .toList());
  }

  private static boolean names(JsonNode binding, String namespace, String account) {
    return binding.path("subjects").valueStream().anyMatch(s -> is(s, namespace, account));
  }

  private static JsonNode role(Manifests manifests, String kind, JsonNode binding) {
    return manifests.named(
        kind, Manifests.namespace(binding), binding.at("/roleRef/name").asString());
  }

  private static boolean is(JsonNode subject, String namespace, String account) {
    return subject.path("kind").asString("").equals("ServiceAccount")
        && subject.path("namespace").asString("").equals(namespace)
        && subject.path("name").asString("").equals(account);
  }

  private static Stream<Right> rights(JsonNode role) {
    return role.path("rules")
        .valueStream()
        .flatMap(rule -> rights(rule, Manifests.namespace(role)));
  }

  private static Stream<Right> rights(JsonNode rule, String namespace) {
    var names = Set.copyOf(Manifests.texts(rule.path("resourceNames")));
    return Manifests.texts(rule.path("apiGroups")).stream()
        .flatMap(
            group ->
                Manifests.texts(rule.path("resources")).stream()
                    .flatMap(
                        resource ->
                            Manifests.texts(rule.path("verbs")).stream()
                                .map(v -> new Right(v, group, resource, namespace, names))));
  }

  /** Those of them that are allowed. */
  List<Access> allowed(Collection<Access> accesses) {
    return accesses.stream()
        .filter(access -> rights.stream().anyMatch(right -> right.allows(access)))
        .toList();
  }

  /** What was asked for and is not allowed. */
  Set<String> missing(Collection<Access> accesses) {
    var missing = new TreeSet<String>();
    for (var access : accesses) {
      if (rights.stream().noneMatch(right -> right.allows(access))) {
        missing.add(
            describe(
                access.verb(),
                access.group(),
                access.resource(),
                access.namespace(),
                access.name()));
      }
    }
    return missing;
  }

  /** What is allowed and was not asked for. */
  Set<String> unused(Collection<Access> accesses) {
    var unused = new TreeSet<String>();
    for (var right : rights) {
      if (accesses.stream().noneMatch(right::allows)) {
        unused.add(right.toString());
      }
    }
    return unused;
  }

  private static String describe(
      String verb, String group, String resource, String namespace, String name) {
    return "%s %s %s in %s"
        .formatted(verb, group.isEmpty() ? resource : resource + "." + group, name, namespace)
        .replace("  ", " ");
  }
}
