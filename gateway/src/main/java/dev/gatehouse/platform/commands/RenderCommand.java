package dev.gatehouse.platform.commands;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.file.FileProblem;
import dev.gatehouse.platform.Desired;
import dev.gatehouse.platform.Part.DefinitionPart;
import dev.gatehouse.platform.Part.DirectorySecretsPart;
import dev.gatehouse.platform.Part.GonePool;
import dev.gatehouse.platform.Part.OwnNamespace;
import dev.gatehouse.platform.Part.PoolPart;
import dev.gatehouse.platform.Part.ReleasePart;
import dev.gatehouse.platform.Part.StackPart;
import dev.gatehouse.platform.helm.Helms;
import dev.gatehouse.platform.helm.Renderer;
import dev.gatehouse.platform.objects.Manifests;
import dev.gatehouse.platform.revisions.RevisionObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints manifests for people with a tool of their own. */
@Command(
    name = "render",
    description = {
      "Prints the manifests that apply would apply, in its order, for a GitOps tool. Asks no"
          + " cluster. The Secrets of a directory are not among them: their values are made by"
          + " apply, once."
    },
    mixinStandardHelpOptions = true)
public final class RenderCommand implements Callable<Integer> {
  @Mixin private PlatformOptions options = new PlatformOptions();

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Write a file for each part into this folder. Default: standard output.")
  private @Nullable Path output;

  /** Its options are picocli's to set. */
  RenderCommand() {}

  RenderCommand(PlatformOptions options, @Nullable Path output) {
    this.options = options;
    this.output = output;
  }

  @Override
  public Integer call() {
    try (var helm = Helms.renderer(Optional.empty())) {
      return run(helm, Screen.ofThisProcess());
    }
  }

  int run(Renderer helm, Screen screen) {
    var manifests = manifests(helm);
    if (output == null) {
      manifests.values().forEach(manifest -> screen.out().print(manifest));
      screen.out().flush();
    } else {
      write(manifests, output);
    }
    return 0;
  }

  private Map<String, String> manifests(Renderer helm) {
    var written = options.read();
    var namespace = Desired.namespace(written.definition());
    var manifests = new LinkedHashMap<String, String>();
    for (var part :
        new Desired(written.definition(), options.charts()).all(written.text(), Optional.empty())) {
      var number = "%d-%s.yaml".formatted(manifests.size() + 1, part.name());
      switch (part) {
        case ReleasePart release -> manifests.put(number, begun(helm.render(release.release())));
        case DefinitionPart definition ->
            manifests.put(number, begun(definition(namespace, definition.text())));
        // The foundation has the namespace, and Secrets are not rendered.
        // The nodes of pools are made beside manifests.
        case OwnNamespace _, DirectorySecretsPart _, PoolPart _, GonePool _, StackPart _ -> {}
      }
    }
    return manifests;
  }

  private String definition(String namespace, String text) {
    var map = new LinkedHashMap<String, Object>();
    map.put("apiVersion", "v1");
    map.put("kind", "ConfigMap");
    map.put("metadata", Map.of("name", RevisionObjects.NAME, "namespace", namespace));
    var data = new LinkedHashMap<String, Object>();
    data.put(RevisionObjects.TEXT, text);
    // No number: the platform counts each change, and a tool that compares leaves what it counts
    // alone.
    map.put("data", data);
    return Manifests.write(map);
  }

  private static String begun(String manifest) {
    return (manifest.startsWith("---") ? "" : "---\n") + manifest.stripTrailing() + "\n";
  }

  private static void write(Map<String, String> manifests, Path folder) {
    try {
      Files.createDirectories(folder);
      for (var manifest : manifests.entrySet()) {
        Files.writeString(folder.resolve(manifest.getKey()), manifest.getValue());
      }
    } catch (IOException e) {
      throw new UserError(
          ExitCode.CANTCREAT,
          "the manifests cannot be written to %s: %s".formatted(folder, FileProblem.of(e)));
    }
  }
}
