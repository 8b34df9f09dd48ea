package dev.gatehouse.platform.stacks;

import dev.gatehouse.testkit.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * AWS' own specification of all types of resources, as the npm package @aws-cdk/aws-service-spec
 * has it.
 */
final class ServiceSpec {
  private static final Path FILE =
      Path.of("target/node/node_modules/@aws-cdk/aws-service-spec/db.json.gz");
  private static @Nullable ServiceSpec shared;

  private final Map<String, JsonNode> resources = new HashMap<>();
  private final Map<String, JsonNode> types = new HashMap<>();

  private ServiceSpec(JsonNode schema) {
    schema
        .path("resource")
        .path("entities")
        .forEach(r -> resources.put(r.path("cloudFormationType").asString(), r));
    schema
        .path("typeDefinition")
        .path("entities")
        .forEach(t -> types.put(t.path("$id").asString(), t));
  }

  /** It is large, and read once. */
  static synchronized ServiceSpec load() {
    if (shared == null) {
      Programs.requireFile(
          FILE,
          "npm install --no-save --prefix gateway/target/node",
          "@aws-cdk/aws-service-spec@0.1.216");
      try (var in = new GZIPInputStream(Files.newInputStream(FILE))) {
        shared = new ServiceSpec(JsonMapper.shared().readTree(in).path("schema"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return shared;
  }

  Optional<JsonNode> resource(String type) {
    return Optional.ofNullable(resources.get(type));
  }

  /** What a type of a property refers to. */
  JsonNode definition(JsonNode reference) {
    return types.getOrDefault(
        reference.path("reference").path("$ref").asString(),
        JsonMapper.shared().createObjectNode());
  }
}
