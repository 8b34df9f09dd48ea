package dev.gatehouse.workspace.kubernetes;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.directory.PeopleAdministration;
import dev.gatehouse.directory.PeopleAdministration.Group;
import dev.gatehouse.directory.Person;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.UserError;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory's people as passwd(5) and group(5), in a ConfigMap that every workspace mounts. So
 * names resolve in all of them, and nothing in them asks LDAP.
 */
final class PeopleFiles {
  private static final Logger LOG = LoggerFactory.getLogger(PeopleFiles.class);

  /** A ConfigMap holds a mebibyte. */
  private static final int MAX_CHARACTERS = 1_000_000;

  private final KubernetesClient client;
  private final String namespace;
  private final PeopleAdministration directory;

  PeopleFiles(KubernetesClient client, String namespace, PeopleAdministration directory) {
    this.client = client;
    this.namespace = namespace;
    this.directory = directory;
  }

  /** Has this person stand in the files; a directory that is away changes nothing. */
  void require(Person person) {
    if (!found().getOrDefault("passwd", "").contains(line(person) + "\n")) {
      refresh(List.of(person));
    }
  }

  /** Writes what is not there as it should be. */
  void refresh() {
    refresh(List.of());
  }

  private synchronized void refresh(List<Person> atLeast) {
    var there = found();
    var files = files(atLeast, there);
    if (!files.equals(there)) {
      client
          .resource(
              new ConfigMapBuilder()
                  .withNewMetadata()
                  .withName(PodTemplate.PEOPLE)
                  .withNamespace(namespace)
                  .addToLabels(Annotations.MANAGED_BY, Annotations.GATEHOUSE)
                  .endMetadata()
                  .withData(files)
                  .build())
          .fieldManager("gatehouse")
          .forceConflicts()
          .serverSideApply();
    }
  }

  private Map<String, String> files(List<Person> atLeast, Map<String, String> there) {
    try {
      return fit(
          Map.of(
              "passwd",
              passwd(
                  Stream.concat(
                      directory.people().stream().map(PeopleFiles::line),
                      atLeast.stream().map(PeopleFiles::line))),
              "group",
              directory.groups().stream().map(PeopleFiles::line).collect(joining("\n", "", "\n"))),
          atLeast,
          there);
    } catch (FailureException | UserError e) {
      LOG.warn("[people-files] the directory does not tell who there is: {}", e.getMessage());
      return few(atLeast, there);
    }
  }

  private static Map<String, String> fit(
      Map<String, String> files, List<Person> atLeast, Map<String, String> there) {
    if (files.values().stream().mapToInt(String::length).sum() <= MAX_CHARACTERS) {
      return files;
    }
    LOG.warn("[people-files] there are too many people for a ConfigMap; names may not resolve");
    return few(atLeast, there);
  }

  /** What was there, and these. */
  private static Map<String, String> few(List<Person> atLeast, Map<String, String> there) {
    var before = there.getOrDefault("passwd", "").lines().filter(line -> line.contains(":"));
    return Map.of(
        "passwd",
        passwd(Stream.concat(before, atLeast.stream().map(PeopleFiles::line))),
        "group",
        there.getOrDefault("group", ""));
  }

  /** One line a name: the last that is told. */
  private static String passwd(Stream<String> lines) {
    var byName = new TreeMap<String, String>();
    lines.forEach(line -> byName.put(line.substring(0, line.indexOf(':')), line));
    return byName.values().stream().collect(joining("\n", "", "\n"));
  }

  /** What is there: another gateway may have written it, and an administrator deleted it. */
  private Map<String, String> found() {
    var map = client.configMaps().inNamespace(namespace).withName(PodTemplate.PEOPLE).get();
    return map == null || map.getData() == null ? Map.of() : map.getData();
  }

  /** passwd(5): no field has a colon, as {@link Person} sees to, but the display name. */
  static String line(Person person) {
    return "%s:x:%d:%d:%s:%s:%s"
        .formatted(
            person.username(),
            person.uidNumber(),
            person.gidNumber(),
            person.displayName().replaceAll("[:,\\p{Cntrl}]", " "),
            person.homeDirectory(),
            person.loginShell());
  }

  static String line(Group group) {
    return "%s:x:%d:%s"
        .formatted(
            group.name(),
            group.gidNumber(),
            group.members().stream().map(Object::toString).collect(joining(",")));
  }
}
