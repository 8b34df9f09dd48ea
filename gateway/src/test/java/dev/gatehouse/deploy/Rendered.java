package dev.gatehouse.deploy;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What {@code kubectl kustomize} makes of a folder: what a cluster would get. */
record Rendered(String name, Manifests manifests) {
  private static final Path KUBECTL = Path.of("target/kubectl/kubectl").toAbsolutePath();

  private static final Path WORK = Path.of("target", "deploy").toAbsolutePath();

  /** kubectl takes a quarter of a second, and nearly every test wants the same. */
  private static final Map<String, Rendered> KNOWN = new ConcurrentHashMap<>();

  /** Everything that a site may apply. */
  static Stream<Rendered> all() {
    return Stream.of(of("base"), of("overlays/site"), of("overlays/aws"), withAllComponents());
  }

  /** What a site applies besides, or one time only. */
  static Stream<Rendered> ofTheDirectory() {
    return Stream.of(
        of("directory"),
        of("overlays/directory"),
        of("overlays/directory/restore"),
        mirroredDirectory());
  }

  /** All that this project deploys. */
  static Stream<Rendered> everything() {
    return Stream.concat(all(), ofTheDirectory());
  }

  /** The overlay with the line that it has in a comment. */
  static Rendered mirroredDirectory() {
    return KNOWN.computeIfAbsent(
        "directory with its mirror",
        name -> new Rendered(name, kustomize(composed("directory", "directory/mirror"))));
  }

  static Rendered of(String folder) {
    return KNOWN.computeIfAbsent(
        folder, name -> new Rendered(name, kustomize(Manifests.FOLDER.resolve(name))));
  }

  /** The base with a component, or with several. */
  static Rendered with(String... components) {
    return KNOWN.computeIfAbsent(
        "base with " + String.join(", ", components),
        name ->
            new Rendered(
                name,
                kustomize(
                    composed(
                        "base",
                        Stream.of(components)
                            .map(c -> "components/" + c)
                            .toArray(String[]::new)))));
  }

  private static Path composed(String resource, String... components) {
    try {
      var name = resource + "-" + String.join("-", components).replace('/', '-');
      var folder = Files.createDirectories(WORK.resolve(name));
      var text = new StringBuilder("resources: [%s]\n".formatted(from(folder, resource)));
      text.append("components:\n");
      for (var component : components) {
        text.append("  - %s\n".formatted(from(folder, component)));
      }
      Folders.write(folder.resolve("kustomization.yaml"), text.toString());
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Rendered withAllComponents() {
    try (var folders = Files.list(Manifests.FOLDER.resolve("components"))) {
      return with(folders.map(f -> f.getFileName().toString()).sorted().toArray(String[]::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** kustomize takes no absolute paths. */
  private static Path from(Path folder, String name) {
    return folder.relativize(Manifests.FOLDER.resolve(name));
  }

  private static Manifests kustomize(Path folder) {
    var kubectl = Programs.requireFile(KUBECTL, "bash", ".ci/kubectl").toString();
    var result = Program.in(folder, List.of(kubectl, "kustomize", folder.toString())).run().ok();
    return Manifests.parse(result.stdout());
  }

  /** Whatever makes pods: a Deployment, a StatefulSet, a Job, … */
  Stream<PodMaker> podMakers() {
    return manifests.objects().stream().flatMap(object -> PodMaker.of(object).stream());
  }

  JsonNode gateway() {
    return manifests.named("Deployment", "gatehouse", "gatehouse");
  }

  JsonNode container() {
    return gateway().at("/spec/template/spec/containers/0");
  }

  /** What the gateway reads. */
  ClusterDefinition definition() {
    var text = manifests.named("ConfigMap", "gatehouse", "gatehouse").at("/data/cluster.yaml");
    return ClusterDefinitionFile.parse(name + "/cluster.yaml", text.asString());
  }

  @Override
  public String toString() {
    return name;
  }
}
