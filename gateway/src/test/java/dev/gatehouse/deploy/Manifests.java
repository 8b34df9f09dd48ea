package dev.gatehouse.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Kubernetes objects as they are written. */
record Manifests(List<JsonNode> objects) {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

  /** The folder of the sources that holds them. */
  static final Path FOLDER = Path.of("..", "k8s").toAbsolutePath().normalize();

  Manifests {
    objects = List.copyOf(objects);
  }

  /** Reads documents of YAML. */
  static Manifests parse(String yaml) {
    try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class).readValues(yaml)) {
      return new Manifests(documents.readAll().stream().filter(d -> !d.isNull()).toList());
    }
  }

  /** These and others. */
  Manifests and(Manifests others) {
    return new Manifests(Stream.concat(objects.stream(), others.objects.stream()).toList());
  }

  static Manifests file(String name) {
    return parse(read(FOLDER.resolve(name)));
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Stream<JsonNode> all(String kind) {
    return objects.stream().filter(o -> o.path("kind").asString("").equals(kind));
  }

  /** The only one; fails if it is not. */
  JsonNode only(String kind, Predicate<JsonNode> which) {
    var found = all(kind).filter(which).toList();
    assertThat(found).as("exactly one " + kind).hasSize(1);
    return found.getFirst();
  }

  JsonNode named(String kind, String namespace, String name) {
    return only(kind, o -> namespace(o).equals(namespace) && name(o).equals(name));
  }

  boolean has(String kind, String namespace, String name) {
    return all(kind).anyMatch(o -> namespace(o).equals(namespace) && name(o).equals(name));
  }

  static String name(JsonNode object) {
    return object.at("/metadata/name").asString("");
  }

  /** Empty for what belongs to the whole cluster. */
  static String namespace(JsonNode object) {
    return object.at("/metadata/namespace").asString("");
  }

  /** As fabric8's generated types have it. */
  static HasMetadata typed(JsonNode object) {
    return SERIALIZATION.unmarshal(object.toString());
  }

  static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asString).toList();
  }
}
