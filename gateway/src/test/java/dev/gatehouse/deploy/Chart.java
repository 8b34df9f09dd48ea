package dev.gatehouse.deploy;

import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A chart of {@code k8s}, as Helm renders it for a cluster. */
public enum Chart {
  FOUNDATION("gatehouse-foundation", "foundation"),
  GATEHOUSE("gatehouse", "gatehouse"),
  DIRECTORY("directory", "directory");

  /** What all of them are installed in. */
  static final String NAMESPACE = "gatehouse";

  /** By chart and values: nearly every test wants the same. */
  private static final Map<List<String>, Manifests> KNOWN = new HashMap<>();

  private final String release;
  private final Path folder;

  Chart(String release, String folder) {
    this.release = release;
    this.folder = Manifests.FOLDER.resolve(folder);
  }

  /**
   * Renders the chart.
   *
   * @param values YAML: what its own values.yaml says otherwise
   * @throws IllegalStateException with Helm's words if the chart or its schema refuses them
   */
  Manifests render(String values) {
    // The library takes one caller at a time.
    synchronized (KNOWN) {
      return KNOWN.computeIfAbsent(List.of(name(), values), _ -> template(values));
    }
  }

  private Manifests template(String values) {
    try {
      var file = Files.createTempFile("values", ".yaml");
      try {
        Files.writeString(file, values);
        return Manifests.parse(
            new Helm(folder)
                .template()
                .withName(release)
                .withNamespace(NAMESPACE)
                .withValuesFile(file)
                .call());
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As {@link #render}: the objects, as documents of JSON. */
  public List<String> documents(String values) {
    return render(values).objects().stream().map(JsonNode::toString).toList();
  }

  /** One of its files, as text. */
  String text(String file) {
    return Manifests.read(folder.resolve(file));
  }

  /** Its values.yaml. */
  JsonNode defaults() {
    return Manifests.parse(text("values.yaml")).objects().getFirst();
  }

  /** Its Chart.yaml. */
  JsonNode about() {
    return Manifests.parse(text("Chart.yaml")).objects().getFirst();
  }
}
